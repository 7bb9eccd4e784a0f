"""What columns are called, in English, German, French and Spanish, folded as by `fold_header`."""

from functools import cache
from typing import Final

from validators.mapping.ambiguity import AMBIGUOUS, WEAK
from validators.mapping.headers import squeeze
from validators.words import phrases

SYNONYMS: Final[dict[str, str]] = {
    "external_id": """
        record id|id|lead id|contact id|person id|customer id|external id|system id|user id|
        member id|client id|datensatz id|kundennummer|kunden nr|kundennr|kunden id|identifiant|
        id client|numero client|id contacto|id cliente|numero de cliente|pipedrive system id person|
        rec id|uuid|guid|uid|kd nr|interessenten nr|lead nr|kontakt nr|kontakt id|customer no|
        customer number|client no|numero de contact|id de contacto|record no|contact no id|crm id|
        lead number|lead no|contact code|client code|code client|codigo de cliente|codigo cliente|
        kundencode|mitgliedsnummer|debitorennummer|customer code|customer ref|client ref|lead ref
    """,
    "submission_id": """
        submission id|response id|entry id|form submission id|token|event id|respondent id|call id|
        call sid|sid|visit id|einsendung id|antwort id|sessionid|session id
    """,
    "occurred_at": """
        submitted at|submission date|submit date|date submitted|submission time|created at|
        created time|create date|created date|created on|created|date created|creation date|
        timestamp|time stamp|start time|call time|call date|date time|datetime|date|time|
        sign in time|signed in at|sign in|check in|check in time|checkin time|arrival time|arrival|
        visit date|visited at|connected on|connecte le|verbunden am|conectado el|received at|
        received|entry date|lead date|date added|added on|registered at|registered on|
        registration date|landed at|zeitstempel|datum|datum uhrzeit|erstellt am|erstellt|
        erstelldatum|eingang|eingegangen am|anrufdatum|registriert am|angemeldet am|anmeldedatum|
        date d inscription|inscrit le|fecha de registro|horodatage|date de creation|cree le|
        date d envoi|date et heure|horodateur|marca temporal|fecha|fecha de creacion|creado el|
        fecha de envio|fecha y hora|fecha de alta|fecha alta|fecha de ingreso|order date|
        angelegt am|anlagedatum|anfragedatum|eingangsdatum|datum der anfrage|date de saisie|
        date d ajout|inquiry date|enquiry date|contact date|date of inquiry|first seen|signup date|
        sign up date|sign up time|signed up|signed up at|date entered|hinzugefugt am|gemeldet am|
        ajoute le|recu le|recibido el|registrado el|inquired on|enquired on
    """,
    "lead_source": """
        lead source|lead source detail|via de contacto|source|original source|utm source|channel|
        how did you hear about us|origin|referral source|traffic source|quelle|lead quelle|
        leadquelle|herkunft|kanal|provenance|origine|source du lead|origen|fuente|origen del lead|
        procedencia|platform|src|wie sind sie auf uns aufmerksam geworden|
        wie haben sie von uns erfahren|how did you find us|where did you hear about us|
        how did you hear of us|comment nous avez vous connus|
        comment avez vous entendu parler de nous|como nos conocio|como nos ha conocido|medium|
        acquisition channel|quelle des leads|canal|canal de captacion|canal d acquisition|
        marketingkanal|eingangskanal|kontaktkanal|acquisition source|lead origin|how heard|
        heard about us|source name|first touch source|canal de entrada|canal d entree|
        medio de captacion
    """,
    "lead_status": """
        lead status|hs lead status|lead stage|phase|statut du lead|estado del lead|contact status|
        kontaktstatus|statut du contact|etapa|lead state|interessentenstatus|prospect status|
        leadphase|bearbeitungsstatus|fase|etape|vertriebsphase|fase del lead
    """,
    "full_name": """
        full name|vor und zuname|vorname zuname|vorname familienname|patient|contact name|
        person name|lead name|your name|wie heissen sie|wie heisst du|wie ist dein name|
        comment vous appelez vous|comment t appelles tu|quel est votre nom|como te llamas|
        como se llama|what is your name|visitor name|visitor|visiteur|besucher|visitante|
        caller name|caller|guest name|guest|attendee|attendee name|complete name|patient name|
        first and last name|name first last|person|contact person|vollstandiger name|
        vor und nachname|vorname nachname|vorname und nachname|nachname vorname|ansprechpartner|
        kontaktperson|kontaktname|ansprechperson|voller name|nom complet|nom et prenom|
        prenom et nom|nom prenom|interlocuteur|nombre completo|nombre y apellidos|nombre y apellido|
        nombres y apellidos|persona de contacto|nombre del contacto|fullname|nom du contact|
        nombre contacto|contacto nombre|name vorname|name des ansprechpartners|contact full name|
        ihr name|votre nom|su nombre|tu nombre|name of contact|prospect|prospect name|interessent|
        teilnehmer|participant|participant name|registrant|registrant name|contact person name|
        kontakt name|apellidos y nombre|apellidos nombre|apellido y nombre|anfragesteller|
        point of contact|poc|name of enquirer|demandeur|solicitante|titulaire du contact|
        contacto principal nombre|gesprachspartner|entscheider|decideur|decision maker|requester|
        requestor|enquirer|inquirer
    """,
    "salutation": """
        salutation|honorific|namensprafix|name prefix|prefix|courtesy title|anrede|titel|akad titel|
        civilite|tratamiento|saludo|form of address|akademischer grad|akademischer titel|
        namenstitel|mr mrs|mr ms|herr frau|m mme|sr sra|trato|titre de civilite|titulo academico|
        honorific prefix|formule de politesse|titulo de cortesia
    """,
    "given_name": """
        first name|firstname|given name|forename|fname|first|vorname|rufname|prenom|primer nombre|
        nombre de pila|nombres|name first|christian name|first nm|vorname n|given names|first names|
        prenoms|first name s|nombre s|your first name|ihr vorname|votre prenom|vor name|
        prenom usuel|forenames|nombre propio|given nm|first given name
    """,
    "middle_name": """
        middle name|mi|m i|middle names|additional name|middle initial|middle|second name|
        zweiter vorname|weitere vornamen|zweitname|mittelname|deuxieme prenom|segundo nombre|mname
    """,
    "family_name": """
        last name|lastname|surname|family name|lname|last|sur name|nachname|familienname|zuname|
        nom de famille|apellido|apellidos|primer apellido|name last|last nm|surnames|last names|
        noms|apellido s|your last name|ihr nachname|votre nom de famille|primer y segundo apellido|
        nach name|apellido paterno|nom d usage|patronyme|nachnamen|apellido 1|nombre de familia|
        family nm|nom usuel
    """,
    "name_suffix": """
        suffix|name suffix|generational suffix|namenszusatz|suffixe|sufijo
    """,
    "birth_date": """
        birth date|birthdate|birthday|date of birth|dob|born|born on|birth day|geburtsdatum|
        geburtstag|geboren|anniversaire|geb datum|geboren am|date de naissance|naissance|ne le|
        fecha de nacimiento|nacimiento|cumpleanos|fecha nacimiento|fecha de nac|f nacimiento|geb|
        geb am|date naissance|ddn|d o b|fecha nac|f nac|nacido el|nee le|gebdat|birth dt|
        date d anniversaire|geburtsdat
    """,
    "birth_place": """
        birth place|birthplace|place of birth|born in|city of birth|geburtsort|lieu de naissance|
        lugar de nacimiento
    """,
    "gender": """
        gender|m w d|m w|w m|m f|f m|w m d|sex|geschlecht|sexe|genre|genero|sexo
    """,
    "national_id": """
        national id|national identifier|ssn|soc sec id|social security number|social security|
        soc sec no|national insurance number|nino|tax id person|nin|id number|passport number|
        personalausweisnummer|sozialversicherungsnummer|steuer id|numero de securite sociale|dni|
        nif|nie|numero de identificacion|cpf|curp
    """,
    "job_title": """
        job title|jobtitle|position|job position|job role|role|occupation|profession|job|function|
        organization title|organisation title|title position|designation|beruf|funktion|
        berufsbezeichnung|stellenbezeichnung|tatigkeit|poste|fonction|metier|intitule du poste|
        puesto|cargo|puesto de trabajo|profesion|ocupacion|job function|position title|stelle|
        stellung|position im unternehmen|ihre position|rolle|qualite|titre du poste|puesto cargo|
        rol|area puesto|headline|current position|work title|posicion|emploi|emploi occupe|empleo|
        jobtitel|jobbezeichnung|positionsbezeichnung|funktionsbezeichnung|tatigkeitsbezeichnung|
        dienststellung|titre professionnel|intitule de poste|libelle du poste|role in company|
        titre de fonction|position held|professional title|business title|denominacion del puesto|
        cargo que ocupa
    """,
    "language": """
        language|preferred language|locale|sprache|langue|idioma|lang|muttersprache|mother tongue|
        native language|langue maternelle|lengua|lengua materna|sprachcode|language code|
        code langue|codigo de idioma
    """,
    "email": """
        email|e mail|email address|e mail address|mail|mail address|email id|your email|
        emailaddress|e mail adresse|email adresse|mailadresse|emailadresse|adresse e mail|
        adresse email|adresse mail|courriel|adresse electronique|courrier electronique|correo|
        correo electronico|direccion de correo|direccion de correo electronico|private email|
        e mail privat|e mail geschaftlich|e mail 1 value|email 1|email 2|email 3|e mail 1|e mail 2|
        e mail 3|e mail addr|email addr|e mail id|mail id|business email|work e mail|company email|
        ihre e mail|ihre e mail adresse|votre email|votre e mail|adresse de courriel|tu correo|
        su correo|correo e|direccion email|direccion e mail|email personal|kontakt e mail|
        adresse de messagerie|messagerie|mail professionnel|email professionnel|mails|emails|mel|
        electronic mail|mailkontakt|adresse courriel|direccion de mail|correo corporativo
    """,
    "phone": """
        phone|phone number|telephone|tel|telephone number|phone no|tel no|contact number|contact no|
        phone 1|phone 2|phone 3|daytime phone|day phone|evening phone|phone 1 value|caller number|
        caller id|from|from number|calling number|telefon|telefonnummer|tel nr|telefon nr|rufnummer|
        festnetz|telefon geschaftlich|telefon privat|telefon dienstlich|rufnummer anrufer|anrufer|
        numero de telephone|no de telephone|tel fixe|telephone fixe|numero|telefono|
        numero de telefono|telefono fijo|fono|phone home|phone work|ph|phone nr|tel number|telefone|
        ihre telefonnummer|telefonnr|tel gesch|tel geschaftlich|tel privat|tel dienstl|
        telefon firma|telefon buro|telephone bureau|telephone professionnel|tel bureau|
        telefono trabajo|telefono oficina|telefono contacto|tel contacto|tel 1|telephone 1|
        telefon 1|best phone|best number to call|office phone number|corporate phone|landline|
        landline number|fixed line|switchboard|direct line|direct dial|centralita|telefonzentrale|
        festnetznummer|ruckrufnummer|ligne directe|ligne fixe|fixe|linea directa|numero fijo|
        callback number|telefonos|standard telephonique|num tel|num telephone|contact phone|
        contact tel|best contact number|kontaktnummer|kontakt nr|numero de contacto
    """,
    "mobile": """
        mobile|mobile phone|mobile number|mobile no|cell|cell phone|cellphone|cellular|cell number|
        mobilephone|mobil|handy|handynummer|handy nr|mobilnummer|mobiltelefon|mobilfunk|
        telefon mobil|natel|portable|telephone portable|tel portable|mobile telephone|movil|celular|
        telefono movil|numero de movil|whatsapp|whatsapp number|phone mobile|telephone mobile|
        tel movil|tel mobile|tel mobil|mobil nr|mobil nummer|mobilrufnummer|cell no|cell nr|
        movil celular|num movil|gsm|handy nummer|portable professionnel|telefono celular|mob|mob no|
        mobile nr|smartphone|celu|numero celular|numero de celular|num portable|numero portable|
        cellulaire|sms|sms number
    """,
    "phone_ext": """
        extension|ext|phone extension|phone ext|durchwahl|nebenstelle|poste telephonique|
        extension telefonica
    """,
    "fax": """
        fax|fax number|business fax|home fax|fax no|telefax|faxnummer|telecopie|numero de fax
    """,
    "email_opt_out": """
        email opt out|has opted out of email|opted out of email|opt out|unsubscribed|
        unsubscribed from all email|do not email|email optout|hs email optout|no email|
        newsletter abgemeldet|abgemeldet|keine e mails|desabonne|baja|no enviar correo|unsubscribe|
        do not allow bulk emails|donotbulkemail|do not mail|keine werbung|werbesperre|no mailing|
        opted out|no desea recibir correos|ne plus contacter par email
    """,
    "do_not_call": """
        do not call|donotcall|dnc|do not contact by phone|no calls|nicht anrufen|keine anrufe|
        ne pas appeler|no llamar|do not phone|donotphone|do not allow phone calls|telefonsperre|
        no call
    """,
    "company": """
        company|societe liee|related company|company name|organization|organisation|
        organization name|organisation name|account name|account|company account|business name|
        business|employer|employer name|firm|firm name|legal name|trading name|site name|store name|
        restaurant name|shop name|hotel name|school name|org name|org|organization 1 name|venue|
        venue name|facility name|firma|firmenname|unternehmen|unternehmensname|arbeitgeber|
        organisation firma|firma name|betrieb|entreprise|nom de l entreprise|societe|
        nom de la societe|raison sociale|employeur|empresa|nombre de la empresa|compania|
        razon social|organizacion|companyname|co|name der firma|firma organisation|
        firma institution|organisation unternehmen|company organization|company organisation|
        nom entreprise|nom societe|entreprise societe|nombre empresa|nombre de empresa|
        empresa organizacion|business legal name|current company|institution|institution name|
        verein|societe entreprise|denominacion social|nom commercial|nombre comercial|structure|
        nom de la structure|einrichtung|etablissement|enseigne|nombre de fantasia|nombre fantasia|
        institucion|organismo|trade name|dba|doing business as|workplace|place of work|
        arbeitsstelle|lugar de trabajo|centro de trabajo|nombre fiscal|kanzlei|
        denominacion comercial|negocio|sales account
    """,
    "company_id": """
        company id|account id|uid nr|uid nummer|organization id|organisation id|org id|
        associated company ids|associated company id|firmen id|firmennummer|id entreprise|siret|
        siren|id empresa|vat number|vat id|ust id|ustidnr|vat|customer company id|cif|nif cif|
        cif nif|handelsregisternummer|company registration number|registration number company|
        tax id company
    """,
    "website": """
        website|web site|url|website url|web page|webpage|homepage|web|company website|domain|
        company domain|company domain name|website 1 value|webseite|internetseite|internet|site web|
        site|sitio web|pagina web|web address|www|web url|company url|homepage url|url du site|
        site internet|adresse web|direccion web|web empresa|internet adresse|website address|
        webauftritt|internetauftritt|webadresse|domain name|domaine|nom de domaine|dominio|
        pagina de internet|webprasenz|www adresse|portal web|sitio
    """,
    "industry": """
        industry|sector|branche|wirtschaftszweig|secteur|secteur d activite|industria|rubro|
        business sector|industry sector|industry type|industrie|secteur activite|
        sector de actividad|actividad|rama|giro|giro comercial|gewerbe|geschaftsfeld|geschaftszweig|
        tatigkeitsfeld|domaine d activite|activite|activite principale|ramo|line of business|
        nature of business|sector economico|sector empresarial|rubro comercial|vertical
    """,
    "street": """
        street|via y numero|c y numero|nombre de la via|street address|address|address line 1|
        address 1|address1|addr|addr 1|street 1|address line1|line 1|street line 1|postal address|
        mailing address|home address|street name|residential address|strasse|strasse hausnummer|
        strasse und hausnummer|str|adresse|anschrift|strassenname|rue|adresse postale|adresse 1|
        adresse ligne 1|voie|numero et rue|calle|direccion|domicilio|direccion 1|calle y numero|
        location address|str nr|strasse nr|strasse u hausnr|strasse hausnr|addr line 1|
        address street|street and number|street address 1|adresse complete|rue et numero|
        numero et nom de rue|calle y num|direccion postal|direccion calle|adresse rue|calle numero|
        calle y numero exterior|calle y no|numero y calle|wohnanschrift|wohnadresse|hausanschrift|
        besuchsadresse|physical address|adresse physique|street addr|voie et numero|
        domicilio y numero|address ln 1|firmenanschrift|firmenadresse|rechnungsadresse
    """,
    "street_2": """
        street 2|street2|address 2|address2|address line 2|address line2|addr 2|line 2|apartment|
        apt|suite|unit|address 1 extended address|extended address|adresszusatz|adresse 2|zusatz|
        adresszeile 2|complement d adresse|complement adresse|direccion 2|piso|addr line 2|
        address street 2|street address 2|adresse suite|complement|suite apt|apt suite|
        apartment suite|apartment suite etc|direccion linea 2|adresszusatz 2|apartment suite unit|
        bloque|batiment|escalier|etage|stockwerk|address ln 2|addition to address|piso puerta|
        departamento interior
    """,
    "city": """
        city|alcaldia|town|suburb|locality|municipality|city town|village|post town|ort|stadt|
        wohnort|gemeinde|ville|commune|localite|ciudad|localidad|poblacion|municipio|city name|
        city suburb|ortschaft|wohnort stadt|ville commune|ciudad localidad|ciudad poblacion|
        town or city|firmensitz|place of residence|lugar de residencia|ville de residence|based in|
        town village|town name|firmenort|lieu de residence|wohnsitz
    """,
    "region": """
        region|state|province|provinz|region provinz|state province|state region|county|
        state or province|territory|bundesland|kanton|canton|departement|provincia|estado|
        comunidad autonoma|prefecture|state name|st|state code|province code|region state|
        region code|land bundesland|etat|etat province|provincia estado|estado provincia|
        state county|county state|comunidad|region province|province region|entidad federativa|
        bundesstaat|federal state|us state|province territory|ccaa|st cd|st code|landkreis|dpt|
        code departement|numero departement|autonomous community|comunidad provincia
    """,
    "postal_code": """
        postal code|postalcode|post code|postcode|zip|zip code|zipcode|zip postal code|
        zip or postal code|plz|postleitzahl|code postal|cp|codigo postal|cod postal|postal zip code|
        eircode|pin code|pincode|zip postal|zip 4|zip postcode|post zip code|plz code|cod post|
        c postal|postcode zip|postal|npa|cod p|plz nummer|postal cd|postal zip|code postal npa
    """,
    "country": """
        country|country region|nation|country name|country code|land|staat|pays|pais|land region|
        country of residence|cntry|country name code|pays region|pais region|staat land|country iso|
        iso country|ctry|wohnland|wohnsitzland|landercode|laendercode|landerkurzel|
        landerkennzeichen|code pays|codigo pais|codigo de pais|country iso code|iso2|country iso2|
        pais de residencia|pays de residence
    """,
    "notes": """
        notes|note|comments|comment|message|description|remarks|memo|your message|question|
        questions|inquiry|enquiry|details|additional information|how can we help|notizen|notiz|
        bemerkung|bemerkungen|kommentar|nachricht|anmerkung|anmerkungen|mitteilung|beschreibung|
        anliegen|remarques|commentaire|commentaires|message texte|notas|comentario|comentarios|
        mensaje|observaciones|descripcion|call notes|transcript|summary|interest|interests|
        interested in|product interest|interesse|ihre nachricht|votre message|su mensaje|tu mensaje|
        mensaje comentario|freitext|text|your comments|your question|your enquiry|your inquiry|
        comments or questions|questions comments|anfrage|ihre anfrage|ihr anliegen|demande|
        votre demande|consulta|su consulta|background|background info|additional notes|
        additional comments|weitere informationen|internal notes|compte rendu|wunsche|ihre wunsche|
        besoin|besoins|votre besoin|vos besoins|votre projet|necesidad|necesidades|detalle|detalles|
        detalle de la consulta|anfragetext|nachrichtentext|weitere angaben|sonstiges|
        informacion adicional|informations complementaires|observations|observation|enquiry details|
        inquiry details|further information|additional details|requirements|project details|
        project description|projektbeschreibung|descripcion del proyecto|description du projet|
        nature of enquiry|nature of inquiry|message body|free text|interesse an|gesprachsinhalt|
        motivo de la consulta|ihre frage|ihre fragen|vos questions|objet de la demande|
        reason for contact|reason for enquiry|motivo de contacto|interet|interets
    """,
    "amount": """
        amount|auftragssumme|angebotssumme|projektvolumen|projektbudget|deal amount|value|
        deal value|budget|estimated value|opportunity amount|expected revenue|annual revenue budget|
        betrag|auftragswert|montant|valeur|importe|monto|presupuesto|volumen|auftragsvolumen|
        projected budget|budget eur|budget usd|presupuesto estimado|budget estime|opportunity value|
        order value|valor estimado|valeur estimee|chiffrage|budgetrahmen|investment|inversion|
        importe oferta|montant estime|investitionssumme
    """,
    "call_direction": """
        direction|call direction|call type|richtung|anrufrichtung|sens|direccion de llamada
    """,
    "call_status": """
        call status|call result|result|disposition|call outcome|outcome|anrufstatus|ergebnis
    """,
    "call_seconds": """
        duration|call duration|duration seconds|talk time|call length|duration s|length|
        call seconds|dauer|anrufdauer|gesprachsdauer|duree|duracion|billsec
    """,
    "call_to": """
        to|to number|called number|called|number called|dialed number|callee|destination|
        gewahlte nummer
    """,
    "host": """
        host|host name|hostname|visiting|person visited|employee visited|here to see|meeting with|
        gastgeber|besucht|hote|anfitrion|persona visitada
    """,
}


@cache
def synonyms() -> dict[str, str]:
    """Return squeezed header → field; headers that say less are in `ambiguity`."""
    table = {squeeze(name): field for field, names in SYNONYMS.items() for name in phrases(names)}
    for name in (*WEAK, *AMBIGUOUS):
        table.pop(squeeze(name), None)
    return table
