"""Headers that stand in no list, read by the words they are put together from."""

import pandas as pd
import pytest

from validators.mapping import map_columns
from validators.mapping.columns import SURE
from validators.mapping.naming import read_header

READ = {
    # A sum, and what became of it; remarks of one of ours; numbers of people, however short.
    "Total paid": "amount",
    "Montant réglé": "amount",
    "Importe presupuestado": "amount",
    "Betrag offen": "amount",
    "Commentaire du commercial": "notes",
    "Sales rep comments": "notes",
    "Anotaciones": "notes",
    "Faxnr.": "fax",
    "Mitgliedsnr": "external_id",
    "Teilnehmernummer": "external_id",
    "Kontaktnummer": "phone",
    "Funktion im Unternehmen": "job_title",
    "Date de soumission": "occurred_at",
    "Eingereicht am": "occurred_at",
    "Importe total": "amount",
    "Geschäftsadresse": "street",
    "Deine Handynummer": "mobile",
    "Woher kennst du uns?": "lead_source",
    "Société d'appartenance": "company",
    # What is told in somebody's own words.
    "How may we assist?": "notes",
    "How can we help you?": "notes",
    "¿En qué podemos ayudarte?": "notes",
    "Tell us about your project": "notes",
    "Erzählen Sie uns mehr": "notes",
    # A qualifier behind it, in any language.
    "Straße geschäftlich": "street",
    "Ort (geschäftl.)": "city",
    "Rue (bureau)": "street",
    "Code postal (bureau)": "postal_code",
    "Calle del trabajo": "street",
    "Código postal del trabajo": "postal_code",
    "Domicilio fiscal": "street",
    "Anmerkungen intern": "notes",
    "Sitio web empresa": "website",
    "URL del sitio web": "website",
    "Langue parlée": "language",
    "Dirección completa": "street",
    "Fonction dans l'entreprise": "job_title",
    # Two names of one thing.
    "Bundesland/Region": "region",
    "Estado o región": "region",
    "Homepage / Web": "website",
    # Compounds.
    "Firmenbezeichnung": "company",
    "Ortsname": "city",
    "Branchenzugehörigkeit": "industry",
    "Kontaktvorname": "given_name",
    "Firmenwebsite": "website",
    "Erstellungszeit": "occurred_at",
    # Whose name it is.
    "name_des_unternehmens": "company",
    "Nom de l'organisme": "company",
    "N° et nom de rue": "street",
    # Abbreviations.
    "Vorn.": "given_name",
    "Postleitz.": "postal_code",
    "Bemerk.": "notes",
    "Date de naiss.": "birth_date",
    "Comp. Name": "company",
    "Web addr": "website",
    "CUSTOMER_ADDR_LINE_1": "street",
    "CUSTOMER_ADDR_LINE_2": "street_2",
    "CUSTOMER_STATE_CD": "region",
    "Adresse de l'entreprise": "street",
    "Estado del prospecto": "region",
    "Date d'entrée": "occurred_at",
    "CNTRY_CD": "country",
    "Lead_ID_18__c": "external_id",
    "UTM_Source__c": "lead_source",
    "Quelle der Anfrage": "lead_source",
    "Geschätztes Budget": "amount",
    "SRC_CD": "lead_source",
    "ADDR_LN_2": "street_2",
    "NN": "family_name",
    # Numbers in registers, and numbers of houses.
    "UID-Nr.": "company_id",
    "Numéro de TVA": "company_id",
    "TVA intracommunautaire": "company_id",
    "Account Number": "company_id",
    "Straße2": "street_2",
    # Questions.
    "Comment nous avez-vous connu ?": "lead_source",
    "¿Cómo se enteró de nosotros?": "lead_source",
    "Where did you find out about us": "lead_source",
    "¿Cómo te llamas?": "full_name",
    "¿Cómo se llama tu empresa?": "company",
    "Wie heißt Ihre Firma?": "company",
    # Salutations side by side.
    "Madame/Monsieur": "salutation",
    "Herr / Frau": "salutation",
    # Notes of all kinds.
    "Gesprächsnotiz": "notes",
    "Sonstige Bemerkungen": "notes",
    # When the lead came.
    "Came in on": "occurred_at",
    "LEAD_SUBMIT_TIME": "occurred_at",
    "Scanned At": "occurred_at",
    "Anfrage vom": "occurred_at",
    "Date Record Created": "occurred_at",
    "Messekontakt vom": "occurred_at",
    "Fecha de entrada": "occurred_at",
    "Date d'anniversaire": "birth_date",
    "Date rec'd": "occurred_at",
    "Fecha 1er contacto": "occurred_at",
    "eingetragen am": "occurred_at",
    "Start Date (UTC)": "occurred_at",
    # Records, and what they opted out of.
    "ID de registro": "external_id",
    "hs_object_id": "external_id",
    "Von allen E-Mails abgemeldet": "email_opt_out",
    "Désabonné de tous les e-mails": "email_opt_out",
    "E-Mail-Abmeldung": "email_opt_out",
    "OPT_OUT_FLG": "email_opt_out",
    "Refus des e-mails": "email_opt_out",
    "E-Mails nicht zulassen": "email_opt_out",
    "Canceló la suscripción de todos los correos": "email_opt_out",
    "Keine Telefonanrufe zulassen": "do_not_call",
    "Do not allow calls": "do_not_call",
    "Excluido de correo electrónico": "email_opt_out",
    "No participación en correo electrónico": "email_opt_out",
    # An address of many.
    "Ciudad de correo": "city",
    "Código postal de facturación": "postal_code",
    "Rechnungsort": "city",
    "Mail Address - State": "region",
    "postal_address_zip": "postal_code",
    "Default Address Address2": "street_2",
    "Straße 2": "street_2",
    "Provincia/CCAA": "region",
    "Rechnungsadresse Ort": "city",
    "bill_addr_ln1": "street",
    "bill_st_cd": "region",
    "streetAddressLine2": "street_2",
    # What was heard of, and what came, whatever it is.
    "How did you hear about this event?": "lead_source",
    "Source d'inscription": "lead_source",
    "Event Created Date & Time": "occurred_at",
    "F. alta": "occurred_at",
    "ANL_DAT": "occurred_at",
    "Meeting Notes": "notes",
    "Comentarios de la visita": "notes",
    # What a form puts in from an earlier answer.
    "What's your role there, {{field:abc}}?": "job_title",
    "ID du membre": "external_id",
    "BRANCHE_TXT": "industry",
    "Umsatzsteuer-Ident.-Nr.": "company_id",
    "mktg_opt_out_flg": "email_opt_out",
    "Ppto. (€)": "amount",
    "Stop mail": "email_opt_out",
    "AP Durchwahl": "phone_ext",
    "Scanné le": "occurred_at",
    "Profile Created On": "occurred_at",
    "Entreprise du prospect": "company",
    "No marketing": "email_opt_out",
    "Booking Source": "lead_source",
    "Booked on": "occurred_at",
    "EXT_ID": "external_id",
    "user_registered": "occurred_at",
    "Person hinzugefügt": "occurred_at",
    "Signed up (Europe/Berlin)": "occurred_at",
    "Office Address Zip": "postal_code",
    "N° adhérent": "external_id",
    "No participar en correo electrónico": "email_opt_out",
    "Ap. Paterno": "family_name",
    # How a cell is to be filled, and what a question asks for.
    "D.O.B. (dd/mm/yyyy)": "birth_date",
    "County (if applicable)": "region",
    "Phone (10 digits)": "phone",
    "In welchem Land sitzt Ihr Unternehmen?": "country",
    "Dans quelle ville habitez-vous ?": "city",
    "¿En qué empresa trabaja?": "company",
}
OF_SOMETHING_ELSE = (
    "Dienststelle",
    "Remark code",
    "Nota media",
    "Total employees",
    *("Erstellt von", "Created by", "Créé par", "Lead - Title", "Business unit", "IM Address"),
    *("Letzter Kontakt", "Última llamada", "Next call", "Nombre de usuario", "Benutzername"),
    *("Produktname", "Name des Projekts", "Bestellnummer", "Kontaktart", "Contact method"),
    *("Account manager", "Zuständiger Mitarbeiter", "Anzahl Mitarbeiter", "Order number"),
    *("Fecha de vencimiento", "Emergency Contact Phone", "Preferred Contact Time"),
    *("Rechnungsdatum", "Fecha de facturación", "Date de facturation", "Código", "Aufgabe"),
    *("Beitrag", "trial_ends_at", "Last seen at"),
    *("Is Guest", "Has account", "N° de participant", "Asst. Phone", "Office Location"),
    *("Chiffre d'affaires annuel", "Telefon Assistent", "Phone type", "Product name"),
    *("Kontaktperson intern", "WhatsApp consent", "Competitor", "Form ID"),
    *("Positionsnummer", "Photo consent", "Status code"),
    *("Which product do you use?", "What company size?", "Name (verified)"),
    *("Name L", "End Date & Time", "Notes count", "Event date", "upd_ts"),
)  # fmt: skip
TO_BE_CONFIRMED = (
    "Contract date",
    "Bestelldatum",
    "Contact de l'entreprise",
    "Departamento",
    "Language school",
    "Attendee #",
    "Start Date",
    "Associated Company",
    "Start Date & Time",
    "Question 1",
    "Newsletter (j/n)",
    "PLZ L",
    "County (historic)",
    "Objekt-ID",
    "Shipping city",
    "Ville préférée",
    "Anfrage-Nr.",
    "Which company do you buy from?",
)


@pytest.mark.parametrize(("header", "field"), READ.items())
def test_a_header_is_read_by_its_words(header, field):
    assert read_header(header).fields[:1] == (field,)


@pytest.mark.parametrize("header", OF_SOMETHING_ELSE)
def test_a_word_too_many_makes_it_another_thing(header):
    assert read_header(header).fields == ()


@pytest.mark.parametrize("header", TO_BE_CONFIRMED)
def test_what_may_be_read_two_ways_is_to_be_confirmed(header):
    found = read_header(header)
    assert found.fields
    assert found.confidence < SURE


def mapped(**columns):
    rows = pd.DataFrame({name.replace("__", " "): texts for name, texts in columns.items()})
    return {each.column: each.field for each in map_columns(rows.astype("str")).columns}


def test_an_id_that_holds_a_name_is_the_name():
    mail = ["a@example.com", "b@example.com"]
    assert mapped(email=mail, state_id=["Bayern", "Hessen"])["state_id"] == "region"
    assert mapped(email=mail, state_id=["base.state_de_1", "17"])["state_id"] is None


def test_free_text_is_the_note_beside_a_choice():
    rows = {
        "email": ["a@b.de", "c@d.fr"],
        "Interesse__an": ["Pumpen", "Ventile"],
        "Gesprächsnotiz": ["will ein Angebot bis Mai", "hat schon einen anderen Lieferanten"],
    }
    assert mapped(**rows)["Gesprächsnotiz"] == "notes"


def test_neither_its_spelling_nor_its_values_make_a_column_a_website():
    rows = {"email": ["a@b.de", "c@d.fr", "e@f.fr"], "Intranet": ["Pompes", "Vannes", "Joints"]}
    assert mapped(**rows)["Intranet"] is None


def test_an_id_that_holds_names_of_people_is_the_id_of_no_lead():
    names = ["Anna Meyer", "Peter Smith", "Maria Garcia"]
    rows = {"email": ["a@example.com", "b@example.com", "c@example.com"], "user_id": names}
    assert mapped(**rows)["user_id"] is None


def test_a_slip_in_a_header_is_sure_where_its_values_agree():
    rows = pd.DataFrame({"Emial": ["a@b.de", "c@d.fr"], "Oragnization": ["x", "y"]}, dtype="str")
    unsure = {each.column: each.unsure for each in map_columns(rows).columns}
    assert unsure == {"Emial": False, "Oragnization": True}


def test_a_code_gives_way_to_the_name_it_stands_for():
    rows = {"Email": ["a@b.de"], "StateCode": ["CA"], "State": ["California"]}
    assert mapped(**rows) == {"Email": "email", "StateCode": None, "State": "region"}


def test_a_title_beside_a_salutation_is_the_second_half_of_it():
    rows = {"Nachname": ["Meyer", "Schulz"], "Anrede": ["Frau", "Herr"], "Titel": ["Dr.", "Prof."]}
    assert mapped(**rows)["Titel"] == mapped(**rows)["Anrede"] == "salutation"


def test_a_name_that_is_no_name_beside_first_and_last_name_is_to_be_confirmed():
    rows = {"Vorname": ["Anna"], "Nachname": ["Meyer"], "Firma": ["Acme GmbH"], "NAME2": ["xq7"]}
    name = map_columns(pd.DataFrame(rows, dtype="str")).columns[3]
    assert name.field is None or name.unsure


def test_decimal_numbers_and_ids_of_sources_are_taken_for_nothing_surely():
    places = ["52.5200", "48.8566", "40.4168"]
    assert mapped(email=["a@b.de", "c@d.fr", "e@f.es"], latitude=places)["latitude"] is None
    rows = {
        "email": ["a@b.de", "c@d.fr", "e@f.es"],
        "Default Source": ["card_1", "card_2", "card_3"],
    }
    assert map_columns(pd.DataFrame(rows, dtype="str")).columns[1].unsure


def test_whoever_was_added_was_added_on_a_day_or_it_is_another_thing():
    mail = ["a@example.com", "b@example.com"]
    when = ["2024-01-02", "2024-02-03"]
    assert mapped(email=mail, user_registered=when)["user_registered"] == "occurred_at"
    assert mapped(email=mail, user_registered=["yes", "no"])["user_registered"] is None


def test_a_single_word_beside_a_first_name_is_the_last_name():
    rows = {"Guest__first__name": ["Anna", "Peter"], "Guest__name": ["Meyer", "Schulz"]}
    assert mapped(**rows)["Guest name"] == "family_name"
    rows["Guest__name"] = ["Anna Meyer", "Peter Schulz"]
    assert mapped(**rows)["Guest name"] == "full_name"
