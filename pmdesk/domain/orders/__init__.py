"""Work orders 工单: what somebody needs done, how far it is, and by when."""
