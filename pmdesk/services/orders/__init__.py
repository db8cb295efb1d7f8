"""Work orders 工单: registering, moving, looking them up, and letting go of them."""
