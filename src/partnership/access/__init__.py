"""One rule decides who may see and do what. Lists, pages, search, export and API all ask it here."""
