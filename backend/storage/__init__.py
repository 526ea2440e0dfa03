"""The archive: everything that outlives the process. Rows never leave; domain values do."""
