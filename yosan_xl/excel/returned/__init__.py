"""The book that goes back to a department: a clean form, what it entered, what to mend."""
