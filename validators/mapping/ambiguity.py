"""Words of headers that decide little by themselves, or decide that a column is not the lead's."""

from typing import Final

from validators.words import phrases, words

# They say little: the column that says more wins.
WEAK: Final[dict[str, str]] = {
    "address formatted": "street",
    "full address": "street",
    "location": "city",
    "place": "city",
    "where are you based": "city",
    "url": "website",
    "link": "website",
    "id": "external_id",
    "nr": "external_id",
    "id number": "national_id",
    "date": "occurred_at",
    "start date": "occurred_at",
    "bestelldatum": "occurred_at",
    "time": "occurred_at",
    "value": "amount",
    "number": "phone",
    "nummer": "phone",
    "numero": "phone",
    "from": "phone",
    "to": "call_to",
    "first and surname": "full_name",
    "lifecycle stage": "lead_status",
    "lifecyclestage": "lead_status",
    "mailbox": "email",
    # What a company is called in a register, or anything else.
    **dict.fromkeys(("denomination", "denominacion"), "company"),
    "associated company": "company",
    "latest source": "lead_source",
    "record source": "lead_source",
    # A department of a company, or of a country.
    "departamento": "region",
}

# The code of what another column says in full, where there is one.
CODES: Final = phrases("state code|province code|region code|country code|country iso")
# What is taken where nothing is called by the field's own name.
SECOND: Final[dict[str, float]] = {
    **dict.fromkeys(CODES, 0.75),
    **dict.fromkeys(phrases("domain|company domain|company domain name|domain name"), 0.9),
    "lead source detail": 0.75,
    "job function": 0.9,
    "legal name": 0.9,
    # Not every company has one.
    **dict.fromkeys(
        phrases("trading name|trade name|dba|doing business as|nom commercial|nombre comercial"),
        0.85,
    ),
    # In Britain a part of a town.
    "locality": 0.9,
    # What somebody has learned, where the post they hold has a column too.
    **dict.fromkeys(phrases("profession|occupation|beruf|profesion|ocupacion|metier"), 0.9),
}

# They can be any of these fields; the column's values and its neighbours decide.
AMBIGUOUS: Final[dict[str, tuple[str, ...]]] = {
    "title": ("job_title", "salutation"),
    "titel": ("salutation", "job_title"),
    "titre": ("job_title", "salutation"),
    "titulo": ("job_title", "salutation"),
    "designation": ("job_title", "company"),
    "name": ("full_name", "family_name", "company"),
    "nom": ("family_name", "full_name", "company"),
    "nombre": ("given_name", "full_name", "company"),
    "contact": ("full_name", "email", "phone"),
    "kontakt": ("full_name", "email", "phone"),
    "contacto": ("full_name", "email", "phone"),
    "client": ("full_name", "company"),
    "customer": ("full_name", "company"),
    "kunde": ("full_name", "company"),
    "cliente": ("full_name", "company"),
    "lead": ("full_name", "company"),
    **dict.fromkeys(
        ("display name", "customer name", "client name", "kundenname", "nom du client"),
        ("full_name", "company"),
    ),
    **dict.fromkeys(("nom client", "nombre del cliente"), ("full_name", "company")),
    "state": ("region", "lead_status"),
    "estado": ("region", "lead_status"),
    **dict.fromkeys(("status", "statut", "estatus"), ("lead_status", "call_status")),
    "address": ("street", "email"),
    "adresse": ("street", "email"),
    "direccion": ("street", "email"),
}

# Columns about somebody or something else than the lead, wherever one of these words stands.
OTHERS: Final = words(
    """
    owner besitzer eigentumer proprietaire propietario creator assignee asst assist assigned
    zustandig
    modified updated label labels phonetic yomi nickname initials photo avatar pager assistant
    manager spouse referrer referred anniversary campaign adset ad utm deal activity opportunity
    assistent assistentin assistente asistente conjoint conyuge ehepartner
    betreuer betreuerin sachbearbeiter bearbeiter commercial comercial vendedor vendeur salesperson
    responsable verantwortlich verantwortlicher mitarbeiter employees effectif empleados umsatz
    emergency notfall urgence emergencia revenue revenues headcount
    letzte letzter letzten dernier derniere ultima ultimo next nachste
    prochain prochaine proxima proximo
    department abteilung angebotsnummer auftragsnummer rechnungsnummer bestellnummer
    beitrag beitrage membership categories tags consent gclid fbclid hutk ip
    """
)
OTHER_PHRASES: Final = phrases(
    "created by|modified by|file as|form id|form name|page id|sales rep|opt in|inbox url|"
    "last activity|lead score|last modified|last updated|last contact|last call|last visit|"
    "preferred contact|preferred time|best time|office location|"
    "business unit|chiffre d affaires|lead title|deal title|im address|"
    "username|benutzername|nom d utilisateur|nombre de usuario|nombre usuario"
)

# What stands before the name of a field and does not change it, with how sure we stay.
PERSON_PREFIXES: Final[dict[str, float]] = {
    **dict.fromkeys(("person", "contact", "lead", "your", "primary", "kontakt"), 0.95),
    **dict.fromkeys(("customer", "client", "visitor", "attendee", "guest", "applicant"), 0.9),
    **dict.fromkeys(("caller", "main", "business", "work", "office", "mailing", "member"), 0.9),
    **dict.fromkeys(("address", "adresse", "kunden", "kunde", "ansprechpartner", "lieu"), 0.9),
    **dict.fromkeys(("billing", "personal", "user", "geschaftlich"), 0.85),
    **dict.fromkeys(("home", "private", "privat"), 0.8),
    "shipping": 0.65,
    **dict.fromkeys(("other", "secondary", "alternate"), 0.7),
}
COMPANY_PREFIXES: Final = words(
    """
    organization organisation company account org firma firmen unternehmen entreprise societe
    empresa employer
    """
)

# Words sure enough to be recognized inside a longer header, such as a form's question.
TELLING: Final[dict[str, str]] = {
    **dict.fromkeys(("e mail", "email", "correo", "courriel"), "email"),
    **dict.fromkeys(("mobile", "cell phone", "handy"), "mobile"),
    **dict.fromkeys(("phone", "telephone", "telefon", "telefono"), "phone"),
    **dict.fromkeys(("first name", "vorname", "prenom"), "given_name"),
    **dict.fromkeys(("last name", "surname", "nachname", "apellido"), "family_name"),
    **dict.fromkeys(("full name", "your name"), "full_name"),
    **dict.fromkeys(("company", "organization", "organisation", "firma", "employer"), "company"),
    **dict.fromkeys(("entreprise", "empresa", "unternehmen", "unternehmens"), "company"),
    **dict.fromkeys(("zip code", "postcode", "postal code", "code postal"), "postal_code"),
    **dict.fromkeys(("postleitzahl", "plz"), "postal_code"),
    **dict.fromkeys(("date of birth", "birth date", "geburtsdatum"), "birth_date"),
    **dict.fromkeys(("city", "stadt", "wohnort", "ville", "ciudad", "localidad"), "city"),
    **dict.fromkeys(("country", "pays"), "country"),
    **dict.fromkeys(("bundesland", "province", "provincia"), "region"),
    **dict.fromkeys(("language", "sprache", "langue", "idioma"), "language"),
    **dict.fromkeys(("job title", "position", "fonction", "puesto", "cargo"), "job_title"),
    **dict.fromkeys(("message", "nachricht", "mensaje", "comments"), "notes"),
    "street": "street",
}
# What ends in one of these names a person who did something: created by, erstellt von.
BY: Final = words("by von par por durch")

# What begins with one of these is answered with yes or no.
ASKING: Final = words("is has does do did can should will are was have ist hat haben sind sollen")

# Inside a longer header these say that it is about something else.
DISTRACTING: Final = words(
    """
    id ids size type count category segment stage score rating status url domain revenue
    linkedin time reason cc viele wieviele combien cuantos cuantas dedica verified validated
    valid invalid hash source preference preferred how many lines
    """
)
