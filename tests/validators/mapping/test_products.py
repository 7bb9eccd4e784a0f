"""The headers of real exports, each with values as they stand below them."""

import pandas as pd
import pytest

from validators.mapping import map_columns

FIRST = ("Anna", "Peter", "Maria")
LAST = ("Meyer", "Smith", "Garcia")
WHOLE = ("Anna Meyer", "Peter Smith", "Maria Garcia")
MAILS = ("anna@example.com", "peter@example.com", "maria@example.org")
PHONES = ("+1 202-555-0123", "+1 202-555-0124", "+1 202-555-0125")
FIRMS = ("Acme Inc.", "Beta GmbH", "Gamma Ltd")
JOBS = ("Head of Sales", "Engineer", "CEO")
STREETS = ("Main Street 1", "Elm Street 2", "Oak Road 3")
CITIES = ("Boston", "Berlin", "London")
STATES = ("MA", "NY", "CA")
ZIPS = ("02134", "10115", "90210")
LANDS = ("United States", "Germany", "United Kingdom")
DAYS = ("2024-01-02", "2024-02-03", "2024-03-04")
IDS = ("00Q1", "00Q2", "00Q3")
WORDS = ("x", "y", "z")
OPEN = ("Open", "Working", "New")
SITES = ("https://acme.example", "www.beta.example", "gamma.example")
YES = ("TRUE", "FALSE", "TRUE")
LABELS = ("* Work", "Home", "Work")
EMPTY = (None, None, None)

SALESFORCE = [
    ("Id", IDS, "external_id"), ("Salutation", ("Mr.", "Ms.", "Dr."), "salutation"),
    ("FirstName", FIRST, "given_name"), ("LastName", LAST, "family_name"),
    ("Title", JOBS, "job_title"),
    ("Company", FIRMS, "company"), ("Street", STREETS, "street"), ("City", CITIES, "city"),
    ("State", STATES, "region"), ("PostalCode", ZIPS, "postal_code"),
    ("Country", LANDS, "country"),
    ("Phone", PHONES, "phone"), ("MobilePhone", PHONES, "mobile"), ("Fax", PHONES, "fax"),
    ("Email", MAILS, "email"), ("Website", SITES, "website"), ("LeadSource", WORDS, "lead_source"),
    ("Status", OPEN, "lead_status"), ("Industry", WORDS, "industry"), ("Rating", WORDS, None),
    ("AnnualRevenue", WORDS, None), ("NumberOfEmployees", WORDS, None),
    ("HasOptedOutOfEmail", YES, "email_opt_out"), ("DoNotCall", YES, "do_not_call"),
    ("OwnerId", IDS, None),
]  # fmt: skip
SALESFORCE_REPORT = [
    ("Lead ID", IDS, "external_id"), ("Lead Owner", WHOLE, None),
    ("First Name", FIRST, "given_name"),
    ("Last Name", LAST, "family_name"), ("Title", JOBS, "job_title"),
    ("Company / Account", FIRMS, "company"),
    ("Email", MAILS, "email"), ("Phone", PHONES, "phone"), ("Mobile", PHONES, "mobile"),
    ("Lead Source", WORDS, "lead_source"), ("Lead Status", OPEN, "lead_status"),
    ("Street", STREETS, "street"), ("City", CITIES, "city"), ("State/Province", STATES, "region"),
    ("Zip/Postal Code", ZIPS, "postal_code"), ("Country", LANDS, "country"),
]  # fmt: skip
SALESFORCE_CONTACTS = [
    ("First Name", FIRST, "given_name"), ("Last Name", LAST, "family_name"),
    ("Account Name", FIRMS, "company"), ("Mailing Street", STREETS, "street"),
    ("Mailing City", CITIES, "city"), ("Mailing State/Province", STATES, "region"),
    ("Mailing Zip/Postal Code", ZIPS, "postal_code"), ("Mailing Country", LANDS, "country"),
    ("Last Activity", DAYS, None), ("Email", MAILS, "email"),
]  # fmt: skip
HUBSPOT = [
    ("Record ID", IDS, "external_id"), ("First Name", FIRST, "given_name"),
    ("Last Name", LAST, "family_name"), ("Email", MAILS, "email"),
    ("Phone Number", PHONES, "phone"),
    ("Job Title", JOBS, "job_title"), ("Company Name", FIRMS, "company"),
    ("Contact owner", WHOLE, None),
    ("Lead Status", OPEN, "lead_status"), ("Lifecycle Stage", OPEN, None),
    ("Create Date", DAYS, "occurred_at"), ("Last Modified Date", DAYS, None),
    ("Last Activity Date", DAYS, None), ("Original Source", WORDS, "lead_source"),
    ("City", CITIES, "city"), ("State/Region", STATES, "region"),
    ("Postal Code", ZIPS, "postal_code"),
    ("Country/Region", LANDS, "country"), ("Associated Company", FIRMS, None),
    ("Associated Company IDs", IDS, "company_id"),
]  # fmt: skip
HUBSPOT_COMPANIES = [
    ("Record ID", IDS, "external_id"), ("Company name", FIRMS, "company"),
    ("Website URL", SITES, "website"), ("Company owner", WHOLE, None),
]  # fmt: skip
HUBSPOT_INTERNAL = [
    ("firstname", FIRST, "given_name"), ("lastname", LAST, "family_name"),
    ("email", MAILS, "email"),
    ("phone", PHONES, "phone"), ("mobilephone", PHONES, "mobile"), ("jobtitle", JOBS, "job_title"),
    ("company", FIRMS, "company"), ("website", SITES, "website"), ("address", STREETS, "street"),
    ("city", CITIES, "city"), ("state", STATES, "region"), ("zip", ZIPS, "postal_code"),
    ("country", LANDS, "country"), ("lifecyclestage", OPEN, None),
    ("hs_lead_status", OPEN, "lead_status"), ("hubspot_owner_id", IDS, None),
]  # fmt: skip
PIPEDRIVE = [
    ("Person - ID", IDS, "external_id"), ("Person - Name", WHOLE, "full_name"),
    ("Person - Email", MAILS, "email"), ("Person - Phone", PHONES, "phone"),
    ("Person - Last activity date", DAYS, None), ("Organization - Name", FIRMS, "company"),
    ("Organization - Address", STREETS, "street"), ("Organization - Website", SITES, "website"),
    ("Deal - Title", WORDS, None), ("Activity - Subject", WORDS, None),
    ("Activity - Type", WORDS, None),
    ("Activity - Due date", DAYS, None),
]  # fmt: skip
PIPEDRIVE_IMPORT = [
    ("Pipedrive System ID - Person", IDS, "external_id"), ("Person - Name", WHOLE, "full_name"),
    ("Org - Name", FIRMS, "company"),
]  # fmt: skip
ZOHO = [
    ("Record Id", IDS, "external_id"), ("Lead Owner.id", IDS, None), ("Lead Owner", WHOLE, None),
    ("Is Converted", YES, None), ("Company", FIRMS, "company"),
    ("First Name", FIRST, "given_name"),
    ("Last Name", LAST, "family_name"), ("Email", MAILS, "email"), ("Phone", PHONES, "phone"),
    ("Mobile", PHONES, "mobile"), ("Lead Source", WORDS, "lead_source"),
    ("Lead Status", OPEN, "lead_status"), ("Created By.id", IDS, None),
    ("Created By", WHOLE, None),
    ("Modified By.id", IDS, None), ("Modified By", WHOLE, None),
    ("Created Time", DAYS, "occurred_at"),
    ("Modified Time", DAYS, None), ("Lead Name", WHOLE, "full_name"), ("City", CITIES, "city"),
    ("State", STATES, "region"), ("Country", LANDS, "country"), ("Description", WORDS, "notes"),
]  # fmt: skip
ZOHO_CONTACTS = [
    ("Email", MAILS, "email"), ("Secondary Email", MAILS, "email_2"),
    ("Mailing Street", STREETS, "street"),
    ("Mailing City", CITIES, "city"), ("Mailing State", STATES, "region"),
    ("Mailing Zip", ZIPS, "postal_code"),
    ("Mailing Country", LANDS, "country"), ("Other Street", STREETS, None),
]  # fmt: skip
ZOHO_NEW = [("Email", MAILS, "email"), ("Address - Country / Region", LANDS, "country")]
ODOO = [
    ("External ID", IDS, "external_id"),
    ("Name", ("Order of 20 pumps", "Website redesign", "Fleet"), None),
    ("Company Name", FIRMS, "company"), ("Contact Name", WHOLE, "full_name"),
    ("Email", MAILS, "email"),
    ("Job Position", JOBS, "job_title"), ("Phone", PHONES, "phone"), ("Mobile", PHONES, "mobile"),
    ("Street", STREETS, "street"), ("Street2", WORDS, "street_2"), ("City", CITIES, "city"),
    ("State", STATES, "region"), ("Zip", ZIPS, "postal_code"), ("Country", LANDS, "country"),
    ("Website", SITES, "website"), ("Notes", WORDS, "notes"),
]  # fmt: skip
LINKEDIN = [
    ("First Name", FIRST, "given_name"), ("Last Name", LAST, "family_name"),
    ("URL", [f"https://www.linkedin.com/in/{n}" for n in "abc"], None),
    ("Email Address", ("anna@example.com", None, None), "email"), ("Company", FIRMS, "company"),
    ("Position", JOBS, "job_title"),
    ("Connected On", ("12 Jun 2024", "13 Jun 2024", "1 Jul 2024"), "occurred_at"),
]  # fmt: skip
GOOGLE = [
    ("First Name", FIRST, "given_name"), ("Middle Name", ("B.", None, None), "middle_name"),
    ("Last Name", LAST, "family_name"), ("Phonetic First Name", EMPTY, None),
    ("Phonetic Last Name", EMPTY, None), ("Name Prefix", ("Dr.", None, None), "salutation"),
    ("Name Suffix", ("Jr.", None, None), "name_suffix"), ("Nickname", FIRST, None),
    ("File As", WHOLE, None),
    ("Organization Name", FIRMS, "company"), ("Organization Title", JOBS, "job_title"),
    ("Organization Department", WORDS, None),
    ("Birthday", ("1980-01-02", None, None), "birth_date"),
    ("Notes", WORDS, "notes"), ("Photo", SITES, None), ("Labels", ("* myContacts",) * 3, None),
    ("E-mail 1 - Label", LABELS, None), ("E-mail 1 - Value", MAILS, "email"),
    ("E-mail 2 - Label", LABELS, None), ("E-mail 2 - Value", MAILS, "email_2"),
    ("Phone 1 - Label", LABELS, None), ("Phone 1 - Value", PHONES, "phone"),
    ("Phone 2 - Value", PHONES, "phone_2"),
    ("Address 1 - Label", LABELS, None), ("Address 1 - Formatted", STREETS, None),
    ("Address 1 - Street", STREETS, "street"), ("Address 1 - City", CITIES, "city"),
    ("Address 1 - PO Box", EMPTY, None), ("Address 1 - Region", STATES, "region"),
    ("Address 1 - Postal Code", ZIPS, "postal_code"), ("Address 1 - Country", LANDS, "country"),
    ("Website 1 - Label", LABELS, None), ("Website 1 - Value", SITES, "website"),
    ("Event 1 - Label", LABELS, None), ("Event 1 - Value", DAYS, None),
]  # fmt: skip
GOOGLE_OLD = [
    ("Name", WHOLE, "full_name"), ("Given Name", FIRST, "given_name"),
    ("Additional Name", EMPTY, "middle_name"),
    ("Family Name", LAST, "family_name"), ("Yomi Name", EMPTY, None), ("Initials", EMPTY, None),
    ("Group Membership", WORDS, None), ("E-mail 1 - Type", LABELS, None),
    ("E-mail 1 - Value", MAILS, "email"), ("Phone 1 - Type", LABELS, None),
    ("Phone 1 - Value", PHONES, "phone"),
]  # fmt: skip
OUTLOOK = [
    ("First Name", FIRST, "given_name"), ("Middle Name", EMPTY, "middle_name"),
    ("Last Name", LAST, "family_name"), ("Title", ("Dr.", "Mr.", "Ms."), "salutation"),
    ("Suffix", EMPTY, "name_suffix"), ("Initials", WORDS, None), ("Web Page", SITES, "website"),
    ("Gender", ("Male", "Female", "Male"), "gender"),
    ("Birthday", ("1/2/1980",) * 3, "birth_date"),
    ("Anniversary", ("0/0/00",) * 3, None), ("Language", WORDS, "language"),
    ("Notes", WORDS, "notes"), ("E-mail Address", MAILS, "email"),
    ("E-mail 2 Address", MAILS, "email_2"),
    ("E-mail 3 Address", MAILS, "email_3"), ("Primary Phone", PHONES, "phone"),
    ("Home Phone", PHONES, "phone_2"),
    ("Mobile Phone", PHONES, "mobile"), ("Pager", PHONES, None), ("Business Fax", PHONES, "fax"),
    ("Home Street", EMPTY, None), ("Home City", EMPTY, None), ("Assistant's Phone", PHONES, None),
    ("Company", FIRMS, "company"), ("Job Title", JOBS, "job_title"), ("Department", WORDS, None),
    ("Business Street", STREETS, "street"), ("Business City", CITIES, "city"),
    ("Business State", STATES, "region"), ("Business Postal Code", ZIPS, "postal_code"),
    ("Business Country/Region", LANDS, "country"), ("Categories", WORDS, None),
]  # fmt: skip
META = [
    ("id", [f"l:{i}" for i in IDS], "external_id"), ("created_time", DAYS, "occurred_at"),
    ("ad_id", IDS, None),
    ("ad_name", WORDS, None), ("adset_id", IDS, None), ("adset_name", WORDS, None),
    ("campaign_id", IDS, None), ("campaign_name", WORDS, None), ("form_id", IDS, None),
    ("form_name", WORDS, None), ("is_organic", YES, None),
    ("platform", ("fb", "ig", "fb"), "lead_source"),
    ("full_name", WHOLE, "full_name"), ("phone_number", [f"p:{p}" for p in PHONES], "phone"),
    ("email", MAILS, "email"), ("inbox_url", SITES, None), ("lead_status", OPEN, "lead_status"),
]  # fmt: skip
CALLS = [
    ("sid", IDS, "submission_id"), ("from", PHONES, "phone"), ("to", PHONES, "call_to"),
    ("caller_name", WHOLE, "full_name"),
    ("direction", ("inbound", "outbound", "inbound"), "call_direction"),
    ("status", ("completed", "busy", "no-answer"), "call_status"),
    ("start_time", DAYS, "occurred_at"),
    ("duration", ("12", "0", "340"), "call_seconds"), ("price", ("1", "2", "3"), None),
]  # fmt: skip
VISITORS = [
    ("Host", WHOLE, "host"), ("Email", MAILS, "email"), ("First Name", FIRST, "given_name"),
    ("Last Name", LAST, "family_name"), ("Company", FIRMS, "company"),
    ("Primary Phone", PHONES, "phone"),
    ("Signed in at", DAYS, "occurred_at"),
]  # fmt: skip
GERMAN = [
    ("Anrede", ("Herr", "Frau", "Frau"), "salutation"),
    ("Titel", ("Dr.", "Prof.", "Dr."), "salutation"),
    ("Vorname", FIRST, "given_name"), ("Nachname", LAST, "family_name"),
    ("Firma", FIRMS, "company"),
    ("Straße", STREETS, "street"), ("Hausnummer", ("1", "2b", "3"), "street"),
    ("PLZ", ZIPS, "postal_code"),
    ("Ort", CITIES, "city"), ("Land", LANDS, "country"), ("Telefon", PHONES, "phone"),
    ("Mobil", PHONES, "mobile"), ("E-Mail-Adresse", MAILS, "email"),
    ("Geburtsdatum", DAYS, "birth_date"),
    ("Bemerkung", WORDS, "notes"), ("Kundennummer", IDS, "external_id"),
]  # fmt: skip
FRENCH = [
    ("Civilité", ("M.", "Mme", "Mme"), "salutation"), ("Prénom", FIRST, "given_name"),
    ("Nom", LAST, "family_name"), ("Société", FIRMS, "company"), ("Adresse", STREETS, "street"),
    ("Code postal", ZIPS, "postal_code"), ("Ville", CITIES, "city"), ("Pays", LANDS, "country"),
    ("Téléphone", PHONES, "phone"), ("Courriel", MAILS, "email"), ("Fonction", JOBS, "job_title"),
]  # fmt: skip
SPANISH = [
    ("Nombre", FIRST, "given_name"), ("Apellidos", LAST, "family_name"),
    ("Empresa", FIRMS, "company"),
    ("Cargo", JOBS, "job_title"), ("Correo electrónico", MAILS, "email"),
    ("Teléfono", PHONES, "phone"),
    ("Móvil", PHONES, "mobile"), ("Dirección", STREETS, "street"), ("Ciudad", CITIES, "city"),
    ("Código postal", ZIPS, "postal_code"), ("País", LANDS, "country"),
]  # fmt: skip
PEOPLE = [
    ("rec_id", IDS, "external_id"), ("given_name", FIRST, "given_name"),
    ("surname", LAST, "family_name"),
    ("street_number", ("1", "22", "3"), "street"), ("address_1", STREETS, "street"),
    ("address_2", WORDS, "street_2"), ("suburb", CITIES, "city"),
    ("postcode", ZIPS, "postal_code"),
    ("state", ("nsw", "qld", "vic"), "region"), ("date_of_birth", ("19460902",) * 3, "birth_date"),
    ("soc_sec_id", ("6532949", "7528902", "1597495"), "national_id"),
]  # fmt: skip
REGISTER = [
    ("full_name", WHOLE, "full_name"), ("first_and_surname", WHOLE, None),
    ("first_name", FIRST, "given_name"),
    ("surname", LAST, "family_name"), ("dob", DAYS, "birth_date"),
    ("birth_place", CITIES, "birth_place"),
    ("postcode_fake", ("ex4 4pw", "hx1 3aa", "ip14 4nq"), "postal_code"),
    ("gender", ("male", "female", "male"), "gender"), ("occupation", JOBS, "job_title"),
]  # fmt: skip
SITES_TABLE = [
    ("Site name", ("Elm Street School", "Oak Center", "Day Care Inc"), "company"),
    ("Address", STREETS, "street"), ("Zip", ZIPS, "postal_code"), ("Phone", PHONES, "phone"),
]  # fmt: skip
RESTAURANTS = [
    ("name", ("art's delicatessen", "hotel bel-air", "cafe bizou"), "company"),
    ("addr", STREETS, "street"),
    ("city", CITIES, "city"), ("phone", PHONES, "phone"), ("type", WORDS, None),
]  # fmt: skip

PRODUCTS = {
    "Salesforce": SALESFORCE, "Salesforce report": SALESFORCE_REPORT,
    "Salesforce contacts": SALESFORCE_CONTACTS,
    "HubSpot": HUBSPOT, "HubSpot companies": HUBSPOT_COMPANIES,
    "HubSpot internal": HUBSPOT_INTERNAL,
    "Pipedrive": PIPEDRIVE, "Pipedrive import": PIPEDRIVE_IMPORT, "Zoho": ZOHO,
    "Zoho contacts": ZOHO_CONTACTS, "Zoho new": ZOHO_NEW, "Odoo": ODOO, "LinkedIn": LINKEDIN,
    "Google": GOOGLE, "Google old": GOOGLE_OLD, "Outlook": OUTLOOK, "Meta": META, "calls": CALLS,
    "visitors": VISITORS, "German": GERMAN, "French": FRENCH, "Spanish": SPANISH, "people": PEOPLE,
    "register": REGISTER, "sites": SITES_TABLE, "restaurants": RESTAURANTS,
}  # fmt: skip


@pytest.mark.parametrize("product", PRODUCTS)
def test_the_headers_of_an_export_are_mapped(product):
    columns = PRODUCTS[product]
    rows = pd.DataFrame({header: values for header, values, _ in columns}, dtype="str")
    mapped = {column.column: column.field for column in map_columns(rows).columns}
    assert mapped == {header: field for header, _, field in columns}
