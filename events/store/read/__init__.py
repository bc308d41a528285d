"""Reading: a query's incidents, page by page, as the record or a disclosure profile shows them."""
