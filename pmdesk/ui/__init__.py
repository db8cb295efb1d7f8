"""Everything Qt: pages, forms, tables and charts."""
