"""Rows of a sheet to records: headers, cells, faults and warnings; what `import` thinks with."""
