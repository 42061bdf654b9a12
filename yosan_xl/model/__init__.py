"""The words of the field: request, money, fiscal year, department, finding. Standard library only."""
