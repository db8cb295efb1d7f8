"""Charts: figures drawn by matplotlib, and the widget that shows them."""
