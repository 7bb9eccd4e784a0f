"""The small words, the qualifiers and the abbreviations that headers are put together from.

Folded as by `fold_header`. With them a header is read that stands in no list: “Calle del trabajo”,
“Firmenbezeichnung”, “Tel. (Zentrale)”.
"""

from typing import Final

from validators.words import words

# They join other words and mean nothing here.
SMALL: Final = words(
    """
    of the their a an for in at on to by your our my what is are please or and if any de du des d
    im ins beim bei mit dein deine deiner deinen deines euer eure eurer ton ta vuestro vuestra
    la le les l un une pour votre vos quel est et ou au aux en dans der die das dem den von vom
    zum zur am fur ihr ihre ihrer ihren ihres ein eine und oder wie lautet bitte there del el los
    las lo una su sus tu tus cual es y o e por para s n m v i required obligatoire obligatorio
    pflichtfeld optional
    """
)

# Small before another word alone: “Rue L” is the street of something called L.
ELIDED: Final = words("d l m v i y o")

# They say which of several the column has, and leave its kind as it is; with how sure we stay.
BUSINESS: Final = words(
    """
    business work office geschaftlich geschaftliche geschaftlicher dienstlich dienstliche
    beruflich berufliche buro zentrale hauptsitz bureau professionnel professionnelle pro travail
    siege trabajo oficina laboral profesional empresarial fiscal administrative administrativa
    corporate corporativo corporativa headquarters hq direct direkt directo principal main primary
    haupt standard default arbeit arbeits current aktuell aktuelle actuel actuelle actual
    """
)
PRIVATE: Final = words(
    """
    home private personal privat privater domicile personnel personnelle particular casa
    personales other andere anderer weitere weiterer autre otro otra secondary second zweite
    alternative alternate alternativ
    """
)
PLAIN: Final = words(
    """
    libre libres initial initiale trafic trafico traffic sonstige sonstiger full complete
    vollstandig vollstandige complet completo completa preferred bevorzugte bevorzugter prefere
    preferee preferido preferida inquiry enquiry anfrage demande consulta solicitud original
    originale ursprungliche ursprunglicher origine estimated geschatzt geschatzte geschatzter
    estime estimado estimada previsionnel previsionnelle prevu prevue expected erwartet erwartete
    erwarteter erwartetes esperado esperada aproximado aproximada approx approximate circa
    voraussichtliche voraussichtlicher geplant geplantes planned projected potential potenzielles
    potentiel potencial disponible verfugbares available residence residencia wohnsitz intern
    interne interno internal general allgemein mailing postal postale occupe parlee gesprochene
    spoken hablado additional adicional adicionales supplementaires hs utc gmt cet flag
    korrespondenz correspondence complementaires analytics postanschrift legal eur usd gbp chf
    angabe angaben field feld champ campo nr num informations exact text physical physique fisica
    fisico appartenance rattachement
    """
)
PREFERRED: Final = words("preferred bevorzugte bevorzugter prefere preferee preferido preferida")
INTERNAL: Final = words("intern interne interno internal")
ORDINALS: Final = words(
    "first 1st erste erster erstes erst premier premiere 1er primer primera 1a initial"
)
PERSONS: Final = words(
    """
    candidato contact contacts kontakt kontakts contacto person persona personne lead leads kunde
    kunden kundin client cliente customer prospect prospecto interessent interessenten
    ansprechpartner piste posible interesado interesada ansprechpartners ansprechperson
    ansprechpartnerin interlocuteur teilnehmer participant participante attendee guest patient
    patientin student visitor besucher besuchers visiteur visitante caller user usuario nutzer
    utilisateur invitee registrant enquirer requester demandeur solicitante delegate subscriber
    respondent organizer buyer eingeladener invite anmelder inscrit asistente invitado member
    mitglied membre miembro individual applicant alumno alumna estudiante eleve etudiant schuler
    adherent socio
    """
)
# Whose number is the one to call.
REACHED: Final = words("contact contacts kontakt kontakts contacto caller anrufer")
COMPANIES: Final = words(
    """
    company companies firma firmen unternehmen unternehmens entreprise societe empresa compania
    organization organisation organizacion business account employer arbeitgeber arbeitgebers
    employeur betrieb betriebs negocio structure institution einrichtung establecimiento compte
    cuenta organisme firm etablissement
    """
)
NAMES: Final = words("name names namen nom noms nombre nombres bezeichnung denominacion")
# “Wie heißt Ihre Firma?”
CALLED: Final = words("llama llamas heisst heissen appelle appellez called")
ASKED: Final = words("como wie comment se s how")

QUALIFIERS: Final[dict[str, float]] = {
    **dict.fromkeys(BUSINESS, 0.9),
    **dict.fromkeys(PRIVATE, 0.75),
    **dict.fromkeys(PLAIN, 0.95),
    **dict.fromkeys(PERSONS, 0.9),
    **dict.fromkeys(COMPANIES, 0.85),
}

# What people write short, with a full stop or without one.
ABBREVIATIONS: Final[dict[str, str]] = {
    **dict.fromkeys(("addr", "adr", "anschr", "direcc", "dir"), "address"),
    **dict.fromkeys(("tel", "tlf", "tfno", "telf", "telef", "fon", "ph", "phn"), "phone"),
    **dict.fromkeys(("cel", "hdy", "mob", "mov"), "mobile"),
    **dict.fromkeys(("comp", "cpny", "fa", "ste", "emp", "untern", "org"), "company"),
    **dict.fromkeys(("pos", "pto"), "position"),
    **dict.fromkeys(("vorn", "vname", "vn"), "vorname"),
    **dict.fromkeys(("nachn", "nname", "nn"), "nachname"),
    **dict.fromkeys(("apell", "ape"), "apellido"),
    **dict.fromkeys(("nomb", "nbre"), "nombre"),
    **dict.fromkeys(("civ", "anr"), "anrede"),
    **dict.fromkeys(("prov", "reg"), "region"),
    **dict.fromkeys(("pobl", "loc"), "localidad"),
    **dict.fromkeys(("bem", "bemerk", "rmks", "rmk", "obs", "observ", "anm", "komm"), "notes"),
    **dict.fromkeys(("herk", "orig"), "origin"),
    **dict.fromkeys(("nac", "naiss", "geb"), "birth"),
    **dict.fromkeys(("dep", "dept", "dpt"), "departement"),
    **dict.fromkeys(("cd", "cde"), "code"),
    **dict.fromkeys(("ln", "lne"), "line"),
    **dict.fromkeys(("src", "srce"), "source"),
    **dict.fromkeys(("ppto", "presup"), "presupuesto"),
    **dict.fromkeys(("bill", "billg"), "billing"),
    **dict.fromkeys(("crt", "crtd"), "created"),
    **dict.fromkeys(("upd", "updt"), "updated"),
    "mktg": "marketing",
    "ap": "ansprechpartner",
    "phys": "physical",
    "edo": "estado",
    "stat": "status",
    "anl": "angelegt",
    "compl": "complement",
    "txt": "text",
    "kz": "code",
    "dt": "date",
    "prim": "primary",
    "flg": "flag",
    "ts": "timestamp",
    "cust": "customer",
    "st": "street",
    "post": "postcode",
    "cpl": "complement",
    "soc": "social",
    "est": "estimated",
    "gesch": "geschaftlich",
    "priv": "privat",
    "off": "office",
    "str": "street",
    "ctry": "country",
    "lang": "language",
    "dat": "date",
    "recd": "received",
    "rcvd": "received",
    "frst": "first",
    "lst": "last",
    "nme": "name",
    "nm": "name",
    "wk": "work",
    "hm": "home",
    "bldg": "building",
}

# The same of two words, which mean something else by themselves.
CONTRACTIONS: Final = (
    (r"\brec d\b", "received"),
    (r"\bext id\b", "external id"),
    (r"\bap (?=[pm]aterno)", "apellido "),
    (r"\bst cd\b", "state code"),
    (r"\bopt(?:ed)? out\b", "optout"),
    (r"^f (?=[^\W\d]{3})", "fecha "),
)

# What compounds begin with that leave the kind of their last part as it is: “Geschäftsadresse”.
BEGINNINGS: Final = words("geschafts dienst privat firmen haupt arbeits buro kontakt wohn heim")
NUMBERS: Final = ("nummer", "nr")
# Endings of compounds that leave the kind of their first part as it is.
ENDINGS: Final = (
    "bezeichnung",
    "zugehorigkeit",
    "angabe",
    "adresse",
    "text",
    "name",
    *NUMBERS,
)
# “Gesprächsnotiz”: compounds of these are notes, whatever they are about.
NOTES: Final = (
    "notiz",
    "notizen",
    "bemerkung",
    "bemerkungen",
    "vermerk",
    "kommentar",
    "kommentare",
)
INFLECTIONS: Final = ("es", "er", "en", "em", "e")
LINKS: Final = ("s", "n", "en", "es", "er")

# What a compound of a date ends in.
WHEN: Final = ("zeitpunkt", "datum", "dat", "zeit", "tag")
# A date of one of these is when the lead came.
DATES: Final = words(
    "date dates datum fecha tag jour dia day time zeit dat uhrzeit zeitpunkt heure hora"
)
ARRIVALS: Final = words(
    """
    received created creation submitted submission added registered registration entered inquiry
    enquiry request contact contacted capture captured signup joined eingang eingangs erstellt
    erstellung anfrage kontakt erstkontakt anmeldung registrierung eingetragen enregistre recibido
    registrado cree creado erfassung erfasst angelegt recu reception contacto inscription saisie
    demande ajout prise recepcion alta registro ingreso solicitud consulta creacion envio
    inscripcion entrada llegada arrivee captacion booked gebucht reserve reservado incorporacion
    entree captura scan scanne gescannt escaneo escaneado visit visita visite besuch scanned came
    submit generation aufnahme aufgenommen hinzugefugt gemeldet soumission soumis einreichung
    eingereicht ubermittlung ubermittelt abgeschickt gesendet absendung transmission transmis
    envoye envoi enviado remitido sumision
    """
)
# Said of whoever came: “User registered”, “Person hinzugefügt”.
CAME_IN: Final = words(
    """
    received created submitted added registered entered captured scanned erstellt eingetragen
    erfasst angelegt hinzugefugt aufgenommen registriert enregistre cree ajoute recu inscrit
    recibido registrado creado anadido soumis eingereicht ubermittelt abgeschickt transmis envoye
    enviado
    """
)
# What such a word has behind it instead of “date”.
ON: Final = words("on at am vom le el")
# “Messekontakt vom”: compounds that tell that somebody came.
CAME: Final = ("anfrage", "kontakt", "eingang", "anmeldung", "registrierung")
BIRTHS: Final = words("birth birthday geburt geburts anniversaire naissance nacimiento cumpleanos")
# “How did you hear of us?”, however it is asked.
US: Final = words("us uns nous nos nosotros")
HEARD: Final = words(
    """
    hear heard find found learn learned know discover come came aufmerksam gefunden erfahren
    kennen gehort gekommen connu connus connaissez trouve trouves decouvert decouverts entendu
    parler entero enteraste enterado conocio conociste conocido supo supiste llego llegaste
    encontro encontraste kennst kennt connais conoces conoceis
    """
)
# Asked of whatever it was that people heard of: “How did you hear about this event?”
HEARING: Final = words(
    """
    hear heard aufmerksam erfahren gehort connu connus entendu entero enteraste enterado conocio
    conociste supo supiste
    """
)
WHENCE: Final = words("how where wie wo woher comment ou como donde")
# “Source d'inscription”: where whoever came was led from.
SOURCES: Final = words(
    "source quelle origine origen herkunft fuente provenance procedencia sources quellen"
)
# What comes in, so that a date of its coming is when the lead came.
COMING: Final = words(
    """
    event profile profil perfil order booking appointment form response entry ticket subscription
    meeting reservation buchung termin formular antwort formulaire reponse rendez vous formulario
    respuesta cita reserva
    """
)
# “Meeting notes”, “Notes de l'appel”, “Comentarios de la visita”.
REMARKS: Final = words(
    """
    notes comments remarks notas comentarios observaciones remarques commentaires notizen
    bemerkungen anmerkungen observations annotations anotaciones apuntes aclaraciones precisions
    hinweise hinweis vermerk vermerke note comment remark comentario observacion remarque
    commentaire notiz bemerkung anmerkung kommentar kommentare observation annotation anotacion
    aclaracion
    """
)
# People of ours, who write remarks on a lead.
OURS: Final = words(
    """
    commercial comercial vendedor vendeur salesperson sales rep betreuer sachbearbeiter bearbeiter
    responsable verantwortlicher mitarbeiter employee owner agent asesor berater conseiller scanner
    """
)
# “How can we help you?”, “Cuéntanos más”: what is asked for is told in the asker's own words.
HELPING: Final = words(
    "help assist helfen aider ayudar ayudarte ayudarle ayudaros ayudarles unterstutzen serve"
)
ABLE: Final = words("can may konnen durfen pouvons pouvoir podemos puedo kann puis")
TELL: Final = words(
    """
    tell share describe explain erzahlen erzahl beschreiben beschreibe schildern parlez dites
    decrivez expliquez racontez describa describe explica explique cuenta cuente cuentanos
    cuentenos dinos diganos
    """
)
ABOUT: Final = words("about more uber mehr plus sobre acerca mas")
# “Total paid”, “Montant réglé”, “Importe presupuestado”: a sum, and what became of it.
SUMS: Final = words(
    """
    amount total sum betrag summe gesamtbetrag gesamtsumme endbetrag montant somme importe monto
    suma price preis prix precio cost costs kosten cout coste
    """
)
BILLED: Final = words(
    """
    paid due billed invoiced quoted ordered pledged donated net gross grand owed outstanding
    bezahlt gezahlt offen fallig berechnet netto brutto angeboten gespendet
    regle paye verse facture restant ht ttc encaisse
    presupuestado pagado abonado facturado cobrado pendiente ofertado neto bruto donado
    """
)
# “Unsubscribed from all e-mails”, however it is said.
OPT_OUTS: Final = words(
    """
    unsubscribed unsubscribe abgemeldet abmeldung abbestellt ausgetragen desabonne desinscrit
    desinscription desabonnement opposition optout baja cancelo excluido excluida exclu exclue
    ausgeschlossen excluded cancelada cancelado desuscrito refus refuse rechazo ablehnung stop
    widerspruch werbewiderspruch
    """
)
# Words of such a column that leave it one.
MAILS: Final = words(
    """
    email emails mail mails e newsletter newsletters suscripcion subscription all alle allen tous
    toutes todos todas from marketing publicidad publicite werbung correos correo electronico
    electronicos electroniques electronique boletin von hat has communications
    """
)
ADVERTISING: Final = words("marketing newsletter newsletters werbung boletin publicidad publicite")
# “E-Mails nicht zulassen”: what is not to be done, and how it is said.
DENIALS: Final = words("not nicht keine kein pas no sin")
ALLOWED: Final = words(
    """
    allow allowed do zulassen participar participacion participation erlauben erlaubt autoriser ne
    permitir bulk send senden erhalten schicken envoyer enviar recibir recevoir per by
    """
)
CALLS: Final = words(
    "call calls calling anrufe anrufen telefonanrufe appeler appels llamar llamadas"
)
# Whose address it is, said by what is sent there.
SENT: Final = words("billing facturacion facturation rechnung invoice correo mailing")
HONORIFICS: Final = words(
    "herr frau madame monsieur mme mlle senor senora sr sra srta mr mrs ms miss m dr"
)
# A company's number in a register.
REGISTERS: Final = words("tva vat iva ust ustid ustidnr umsatzsteuer cif siret siren hrb rcs")
REGISTERED: Final = words(
    """
    id ids idnr nr no number nummer numero identifikationsnummer ident identification
    intracommunautaire intracomunitario intra code codigo registration
    """
)
RECORDS: Final = words(
    """
    id ids nr no number nummer numero identifiant identificador code codigo ref reference referenz
    referencia
    """
)
OBJECTS: Final = words("object objekt objet objeto")
IDENTIFIERS: Final = words("id identifiant identificador")
RECORDED: Final = words(
    """
    candidato record object objekt objet objeto piste datensatz datensatzes fiche informations
    enregistrement registro customer client kunde kunden cliente member mitglied contact kontakt
    contacto lead external extern externe externo prospect adherent alumno socio expediente
    """
)
