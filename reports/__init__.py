"""Reports: a batch as a page for people, tables for spreadsheets, and JSON for scripts.

`reports.building.build_report` reads a batch from the store; `reports.writing.write_report`
writes it into a folder. `reports.spreadsheet_safety` guards every table that leaves Leadgate.
"""
