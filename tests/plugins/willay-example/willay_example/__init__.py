"""An example of every way in which a package can add to willay."""
