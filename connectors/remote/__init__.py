"""What lies elsewhere: APIs to ask for rows, files on servers, tables of databases."""
