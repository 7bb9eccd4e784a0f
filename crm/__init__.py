"""The CRM store: source records, links, golden records and the log of every merge.

Import the part you need: `crm.store` (open, load, read), `crm.plan` (what an import will do),
`crm.content_hash`, `crm.accounts`, `crm.trace`, `crm.verify`, `crm.errors`, `crm.ids`.
"""
