"""How wide the columns and how high the rows of a request sheet are."""
