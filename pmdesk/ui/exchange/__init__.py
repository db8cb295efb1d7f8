"""The four steps of an import as widgets; the page joins them."""
