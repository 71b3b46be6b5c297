"""What columns of contact lists are called: exports of well-known programs and everyday words of many languages.

Names are compared without case, accents, blanks and punctuation, so each stands here once.
"""

from __future__ import annotations

from enum import StrEnum


class Field(StrEnum):
    """What a column of an imported list can mean."""

    FULL_NAME = "full_name"
    FIRST_NAME = "first_name"
    MIDDLE_NAME = "middle_name"
    LAST_NAME = "last_name"
    NAME_PREFIX = "name_prefix"
    NAME_SUFFIX = "name_suffix"
    COMPANY = "company"
    JOB_TITLE = "job_title"
    EMAIL = "email"
    PHONE = "phone"
    PHONE_MOBILE = "phone_mobile"
    PHONE_WORK = "phone_work"
    PHONE_HOME = "phone_home"
    WEBSITE = "website"
    LINKEDIN = "linkedin"
    STREET = "street"
    CITY = "city"
    STATE = "state"
    POSTAL_CODE = "postal_code"
    COUNTRY = "country"
    TIME_ZONE = "time_zone"
    LANGUAGE = "language"
    VALUE = "value"
    TEMPERATURE = "temperature"
    STATUS = "status"
    SOURCE = "source"
    OWNER = "owner"
    NOTES = "notes"
    TAGS = "tags"
    LAST_CONTACTED = "last_contacted"
    EXTERNAL_ID = "external_id"
    DO_NOT_CALL = "do_not_call"
    QUALIFIED = "qualified"


SYNONYMS: dict[Field, str] = {
    Field.FULL_NAME: """
        full name, name, contact name, contact, person, person name, lead name, display name, file as, customer, customer
        name, client, client name, contact person, attendee name, account contact, fullname, ansprechpartner, kontakt,
        kontaktperson, kontaktname, vollständiger name, vor- und nachname, name vorname, kunde, nom complet, nom et
        prénom, nom prénom, interlocuteur, nom du contact, nombre completo, nombre y apellidos, nombre y apellido, persona
        de contacto, contacto, nome completo, nome e cognome, referente, nominativo, contatto, volledige naam, naam,
        contactpersoon, nome do contato, contato, imię i nazwisko, osoba kontaktowa, namn, fullständigt namn,
        kontaktperson namn, navn, fulde navn, fullt navn, koko nimi, nimi, jméno a příjmení, teljes név, név, nume
        complet, nume și prenume, ad soyad, adı soyadı, isim soyisim, фио, ф и о, имя и фамилия, полное имя, контактное
        лицо, піб, ονοματεπώνυμο, 姓名, 联系人, 聯絡人, 氏名, お名前, 名前, 担当者名, 이름, 성명, 담당자, الاسم, الاسم الكامل, שם, שם מלא""",
    Field.FIRST_NAME: """
        first name, given name, forename, firstname, first, fname, givenname, person first name, contact first name,
        christian name, vorname, rufname, prénom, prenom, nombre, nombres, primer nombre, nome, primeiro nome, voornaam,
        roepnaam, imię, förnamn, fornavn, etunimi, jméno, křestní jméno, keresztnév, utónév, prenume, ad, adı, isim, имя,
        імя, ім'я, όνομα, 名, 名字, 이름 명, الاسم الأول, שם פרטי""",
    Field.MIDDLE_NAME: """
        middle name, additional name, middle, second name, middle initial, zweiter vorname, deuxième prénom, segundo
        nombre, secondo nome, tweede voornaam, отчество, drugie imię""",
    Field.LAST_NAME: """
        last name, surname, family name, lastname, last, lname, familyname, person last name, contact last name, second
        surname, nachname, familienname, zuname, nom, nom de famille, apellido, apellidos, primer apellido, cognome,
        achternaam, familienaam, sobrenome, apelido, último nome, nazwisko, efternamn, etternavn, efternavn, sukunimi,
        příjmení, vezetéknév, családnév, nume, nume de familie, soyad, soyadı, soyisim, фамилия, прізвище, επώνυμο,
        επίθετο, 姓, 姓氏, 성, اسم العائلة, שם משפחה""",
    Field.NAME_PREFIX: """
        name prefix, prefix, salutation, honorific, title prefix, mr mrs, anrede, civilité, civilite, tratamiento,
        tratamento, titolo, aanhef, aanspreking, akademischer titel, tytuł grzecznościowy, oslovení, обращение, courtesy
        title""",
    Field.NAME_SUFFIX: "name suffix, suffix, generational suffix, namenszusatz, suffixe, sufijo, suffisso, sufixo",
    Field.COMPANY: """
        company, company name, organization, organisation, organization name, organisation name, account, account name,
        business, business name, employer, firm, organization 1 name, organisation 1 name, company or account, current
        company, associated company, associated companies, primary company, lead company, person organization, deal
        organization, current organization, company name for emails, firma, unternehmen, firmenname, société, societe,
        entreprise, raison sociale, nom de l'entreprise, nom de la société, empresa, compañía, nombre de la empresa, razón
        social, azienda, società, ragione sociale, nome azienda, bedrijf, bedrijfsnaam, organisatie, companhia, nome da
        empresa, organização, przedsiębiorstwo, nazwa firmy, företag, företagsnamn, virksomhed, virksomhet, selskap,
        firmanavn, yritys, společnost, název firmy, cég, cégnév, companie, nume companie, şirket, şirket adı, компания,
        организация, название компании, компанія, εταιρεία, 公司, 公司名称, 公司名稱, 单位, 企业名称, 会社, 会社名, 企業名, 회사, 회사명, الشركة, اسم
        الشركة, חברה, שם חברה""",
    Field.JOB_TITLE: """
        job title, title, position, role, occupation, job, job role, organization 1 title, organization title,
        organisation 1 title, person job title, current position, designation, function, berufsbezeichnung, funktion,
        stelle, beruf, poste, fonction, intitulé du poste, cargo, puesto, ocupación, ruolo, posizione, mansione,
        qualifica, functie, functietitel, função, stanowisko, befattning, titel, stilling, tehtävä, pozice, funkce,
        beosztás, funcție, unvan, ünvan, görevi, должность, посада, θέση, 职位, 職位, 职务, 役職, 직책, 직급, المسمى الوظيفي, תפקיד""",
    Field.EMAIL: """
        email, e mail, email address, e mail address, mail, mail address, email 1, email 2, email 3, primary email,
        secondary email, personal email, work email, home email, other email, business email, contact email, person email,
        person email work, person email home, person email other, email work, email home, lead email, e mail 2 address, e
        mail 3 address, email 2 address, email 3 address, email 1 value, e mail 1 value, additional email addresses,
        internet mail, mailadresse, e mail adresse, emailadresse, elektronische post, geschäftliche e mail, adresse email,
        adresse e mail, adresse mail, courriel, adresse électronique, adresse courriel, correo, correo electrónico,
        dirección de correo electrónico, dirección de correo, email di lavoro, indirizzo email, indirizzo e mail, posta
        elettronica, e mailadres, emailadres, endereço de email, endereço de e mail, correio eletrônico, adres email,
        adres e mail, e post, epost, epostadress, e postadress, epostadresse, sähköposti, sähköpostiosoite, e mailová
        adresa, e mail cím, email cím, adresă de email, e posta, eposta, e posta adresi, электронная почта, эл почта,
        почта, емейл, имейл, адрес электронной почты, електронна пошта, ηλεκτρονικό ταχυδρομείο, 邮箱, 电子邮件, 电子邮箱, 郵件, 電子郵件,
        メール, メールアドレス, 이메일, 전자우편, البريد الإلكتروني, البريد الالكتروني, דואל, אימייל""",
    Field.PHONE: """
        phone, phone number, telephone, telephone number, tel, tel no, tel nr, phone no, phone nr, phone 1, phone 2, phone
        3, primary phone, other phone, main phone, main number, number, contact number, contact phone, person phone, lead
        phone, phone numbers, secondary phone, alternate phone, person phone other, phone other, phone 1 value, callback
        number, telefon, telefonnummer, telefon nr, rufnummer, telefon 1, telefon 2, weiteres telefon, haupttelefon, fon,
        téléphone, telephone 1, téléphone 1, téléphone 2, numéro de téléphone, numéro, n de téléphone, no de téléphone,
        teléfono, número de teléfono, teléfono 1, teléfono 2, telefono, numero di telefono, telefono 1, telefoon,
        telefoonnummer, telefone, número de telefone, telefone 1, numer telefonu, nr telefonu, nr tel, tfn, telefon
        nummer, telefonnr, tlf, tlf nr, puhelin, puhelinnumero, telefonní číslo, telefonszám, număr de telefon, telefon
        numarası, телефон, номер телефона, тел, номер, номер телефону, τηλέφωνο, 电话, 电话号码, 電話, 電話番号, 联系电话, 聯絡電話, 전화, 전화번호,
        연락처, الهاتف, رقم الهاتف, هاتف, טלפון, מספר טלפון""",
    Field.PHONE_MOBILE: """
        mobile, mobile phone, mobile number, mobile phone number, cell, cell phone, cellphone, cell number, cellular,
        person phone mobile, phone mobile, whatsapp, whatsapp number, whatsapp phone number, mobile no, contact mobile,
        handy, handynummer, mobil, mobiltelefon, mobilnummer, mobilfunk, mobilfunknummer, mobilrufnummer, portable,
        téléphone portable, téléphone mobile, tel portable, mobile perso, móvil, teléfono móvil, celular, teléfono
        celular, número de móvil, cellulare, telefono cellulare, telefono mobile, numero cellulare, mobiel, gsm, mobiel
        nummer, mobiele telefoon, telemóvel, celular whatsapp, telefon komórkowy, komórka, tel kom, numer komórkowy,
        mobiltelefonnummer, mobilnr, mobiltlf, matkapuhelin, kännykkä, mobilní telefon, mobiltelefonszám, cep telefonu,
        cep, gsm no, мобильный, мобильный телефон, сотовый, моб телефон, мобільний телефон, κινητό, κινητό τηλέφωνο, 手机,
        手机号, 手机号码, 手機, 携帯, 携帯電話, 携帯電話番号, 휴대폰, 휴대전화, 핸드폰, 휴대폰번호, الجوال, رقم الجوال, موبايل, المحمول, נייד, טלפון נייד""",
    Field.PHONE_WORK: """
        work phone, business phone, business phone 2, office phone, work direct phone, corporate phone, company phone,
        direct phone, direct dial, direct line, company main phone, company phone number, person phone work, phone work,
        work number, office, office number, business number, switchboard, hq phone, telefon geschäftlich, geschäftlich,
        telefon büro, telefon firma, telefon dienstlich, durchwahl, zentrale, telefon arbeit, tel geschäftlich, téléphone
        professionnel, téléphone bureau, tél bureau, tel pro, ligne directe, standard, teléfono del trabajo, teléfono de
        trabajo, teléfono oficina, teléfono empresa, telefono ufficio, telefono lavoro, telefono aziendale, telefoon werk,
        werktelefoon, telefoon zakelijk, telefone comercial, telefone do trabalho, telefone trabalho, telefon służbowy,
        telefon do pracy, arbetstelefon, telefon arbete, arbejdstelefon, työpuhelin, pracovní telefon, iş telefonu,
        рабочий телефон, 公司电话, 办公电话, 勤務先電話番号, 会社電話, 회사전화""",
    Field.PHONE_HOME: """
        home phone, home phone 2, person phone home, phone home, home number, private phone, landline, telefon privat,
        privat, festnetz, festnetznummer, privattelefon, téléphone domicile, téléphone fixe, fixe, domicile, teléfono de
        casa, teléfono particular, teléfono fijo, telefono casa, telefono fisso, telefono abitazione, telefoon thuis,
        telefoon privé, telefone residencial, telefone fixo, telefon domowy, telefon stacjonarny, hemtelefon, kotipuhelin,
        домашний телефон, 住宅电话, 自宅電話番号, 집전화""",
    Field.WEBSITE: """
        website, web site, web page, webpage, url, homepage, home page, company website, website url, company domain name,
        domain, company domain, organization website, business home page, website 1 value, webseite, internetseite,
        internet, site web, site internet, sitio web, página web, sito web, sito internet, site, web, strona www, strona
        internetowa, www, hemsida, webbplats, hjemmeside, nettside, kotisivu, webová stránka, weboldal, web sitesi, сайт,
        веб сайт, 网站, 网址, ウェブサイト, ホームページ, 웹사이트, 홈페이지, الموقع الإلكتروني, אתר""",
    Field.LINKEDIN: """
        linkedin, linkedin url, person linkedin url, linkedin profile, linkedin profile url, linkedin bio, linkedin link,
        linkedin contact profile url, profile url""",
    Field.STREET: """
        street, street address, address, address 1, address line 1, mailing street, billing street, business street, home
        street, address 1 street, business address street, home address street, other street, street line 1, address1,
        person postal address, postal address, mailing address, strasse, straße, straße hausnummer, strasse und
        hausnummer, anschrift, adresse, rue, adresse 1, adresse postale, calle, dirección, dirección 1, domicilio, via,
        indirizzo, straat, adres, straatnaam, rua, endereço, logradouro, morada, ulica, adress, gatuadress, gata,
        gateadresse, vejnavn, katuosoite, osoite, ulice, adresa, cím, utca, stradă, strada, sokak, улица, адрес,
        διεύθυνση, 地址, 街道, 住所, 番地, 주소, العنوان, כתובת, רחוב""",
    Field.CITY: """
        city, town, locality, suburb, mailing city, billing city, business city, home city, other city, address 1 city,
        person city, city town, contact city, business address city, home address city, company city, stadt, ort, wohnort,
        ville, commune, localité, ciudad, población, localidad, poblacion, città, comune, stad, plaats, woonplaats,
        gemeente, cidade, localidade, município, miasto, miejscowość, ort stad, postort, by, poststed, kaupunki,
        postitoimipaikka, město, obec, város, település, oraș, localitate, şehir, il, ilçe, город, місто, населенный
        пункт, πόλη, 城市, 市, 市区町村, 도시, 시, المدينة, עיר""",
    Field.STATE: """
        state, province, region, state region, state province, county, mailing state, billing state, business state, home
        state, other state, address 1 region, state code, mailing state province, business address state, home address
        state, billing state province, company state, bundesland, land bundesland, kanton, département, departement,
        région, provincia, estado, comunidad autónoma, regione, provincie, distrito, uf, województwo, län, fylke,
        maakunta, kraj, megye, județ, область, регион, край, νομός, 省, 省份, 州, 都道府県, 도, 시도, المحافظة, المنطقة, מחוז""",
    Field.POSTAL_CODE: """
        postal code, zip, zip code, postcode, post code, zip postal code, postal zip code, mailing zip, mailing postal
        code, mailing zip postal code, billing postal code, billing zip, billing zip postal code, business postal code,
        business address postal code, home address postal code, home postal code, other postal code, address 1 postal
        code, person zip code, company postal code, plz, postleitzahl, code postal, cp, código postal, c p, codice
        postale, cap, postcode plaats, cep, kod pocztowy, postnummer, postnr, postinumero, psč, irányítószám, cod poștal,
        posta kodu, индекс, почтовый индекс, поштовий індекс, ταχυδρομικός κώδικας, τ κ, 邮编, 邮政编码, 郵便番号, 우편번호, الرمز
        البريدي, מיקוד""",
    Field.COUNTRY: """
        country, country region, nation, mailing country, billing country, business country, home country, other country,
        address 1 country, country code, company country, person country, business country region, home country region,
        mailing country code, billing country code, business address country, home address country, land, staat, pays,
        país, pais, paese, nazione, stato, kraj państwo, państwo, maa, země, stát, ország, țară, ülke, страна, країна,
        χώρα, 国家, 國家, 国, 国籍, 국가, 나라, البلد, الدولة, מדינה, ארץ""",
    Field.TIME_ZONE: """
        time zone, timezone, tz, zeitzone, fuseau horaire, zona horaria, fuso orario, tijdzone, fuso horário, strefa
        czasowa, tidszon, часовой пояс, 时区, タイムゾーン""",
    Field.LANGUAGE: """
        language, preferred language, locale, sprache, langue, idioma, lingua, taal, língua, język, språk, sprog, kieli,
        jazyk, nyelv, limbă, dil, язык, мова, γλώσσα, 语言, 言語, 언어, اللغة, שפה""",
    Field.VALUE: """
        value, deal value, deal amount, amount, amount in company currency, expected value, expected revenue, opportunity
        amount, estimated value, deal size, potential, wert, auftragswert, umsatz, umsatzpotenzial, montant, valeur,
        importe, valor, importo, valore, bedrag, waarde, wartość, kwota, belopp, värde, beløb, сумма, стоимость, 金额, 金額,
        금액""",
    Field.TEMPERATURE: """
        temperature, lead temperature, rating, lead rating, warmth, hot warm cold, temperatur, température, temperatura,
        interest level""",
    Field.STATUS: """
        status, lead status, contact status, stage, lifecycle stage, contact stage, lead stage, person label, label,
        statut, estado del lead, stato lead, leadstatus, этап, статус""",
    Field.SOURCE: """
        source, lead source, original source, contact source, person source, lead source detail, how did you hear about
        us, original traffic source, quelle, herkunft, lead quelle, leadquelle, origine, provenance, origen, fuente,
        fonte, origem, bron, herkomst, źródło, källa, kilde, lähde, zdroj, forrás, sursă, kaynak, источник, 来源, 來源""",
    Field.OWNER: """
        owner, contact owner, lead owner, account owner, record owner, person owner, assigned to, assignee, sales rep,
        salesperson, sales person, rep, agent, account manager, contact owner email, owner email, owner name,
        verantwortlich, zuständig, betreuer, vertriebsmitarbeiter, bearbeiter, propriétaire, responsable, commercial,
        propietario, comercial, vendedor, proprietario, responsabile, commerciale, eigenaar, verantwoordelijke,
        proprietário, responsável, właściciel, opiekun, handlowiec, ägare, ansvarig, eier, ejer, vastuuhenkilö, vlastník,
        felelős, ответственный, менеджер, 负责人, 担当者, 담당""",
    Field.NOTES: """
        notes, note, description, comment, comments, remarks, remark, message, details, background, additional
        information, about, person notes, notizen, notiz, bemerkung, bemerkungen, anmerkung, anmerkungen, kommentar,
        beschreibung, hinweis, remarque, remarques, commentaire, commentaires, notas, observaciones, comentarios,
        descripción, note interne, annotazioni, osservazioni, commenti, notities, opmerking, opmerkingen, observações,
        anotações, uwagi, notatki, komentarz, opis, anteckningar, kommentarer, notater, noter, bemærkninger, huomautukset,
        muistiinpanot, poznámka, poznámky, megjegyzés, observații, notlar, açıklama, примечание, примечания, комментарий,
        заметки, описание, примітки, σημειώσεις, 备注, 備註, 说明, 備考, メモ, 비고, 메모, ملاحظات, הערות""",
    Field.TAGS: """
        tags, tag, categories, category, group membership, groups, lists, labels, topics, interests, keywords, person
        labels, kategorien, kategorie, schlagwörter, stichwörter, gruppe, gruppen, étiquettes, catégories, catégorie,
        etiquetas, categoría, categorie, etichette, categoria, kategoria, kategorier, etykiety, теги, категория, метки,
        标签, タグ, 태그""",
    Field.LAST_CONTACTED: """
        last contacted, last contact, last activity, last activity date, last contact date, last touch, last called, last
        call, last call date, last contacted time, letzter kontakt, letzte aktivität, dernier contact, dernière activité,
        último contacto, ultimo contatto, laatste contact, último contato, ostatni kontakt, senaste kontakt, последний
        контакт, last modified activity""",
    Field.EXTERNAL_ID: """
        id, record id, contact id, lead id, person id, external id, crm id, customer id, customer number, customer no,
        contact record id, apollo contact id, rec id, uid, uuid, key, kundennummer, kunden nr, kundennr, kontakt id,
        numéro client, identifiant, número de cliente, id cliente, codice cliente, klantnummer, código do cliente, numer
        klienta, kundnummer, kundenummer, asiakasnumero, идентификатор, 编号, 客户编号, 顧客番号""",
    Field.DO_NOT_CALL: """
        do not call, dnc, do not contact, opted out, opt out, phone opt out, call opt out, do not phone, no call, nicht
        anrufen, keine anrufe, werbesperre, werbewiderspruch, sperrvermerk, ne pas appeler, no llamar, non chiamare, não
        ligar, niet bellen, nie dzwonić, ring inte, не звонить""",
    Field.QUALIFIED: "qualified, is qualified, qualification, qualifiziert, qualifié, cualificado, calificado, qualificato, gekwalificeerd, qualificado",
}

IGNORED = """
    fax, fax number, business fax, home fax, other fax, telefax, faxnummer, birthday, birth date, date of birth,
    geburtstag, geburtsdatum, date de naissance, anniversary, gender, sex, geschlecht, photo, pager, telex, nickname,
    phonetic first name, phonetic last name, phonetic middle name, yomi name, given name yomi, family name yomi,
    additional name yomi, initials, maiden name, spouse, children, company main fax, street number, e mail type, e
    mail 2 type, e mail 3 type, e mail display name, e mail 2 display name, e mail 3 display name, email display name,
    employees, number of employees, annual revenue, industry, created date, create date, last modified date, date
    added, email status, email sent, email open, email bounced, replied, demoed, seniority, departments, department,
    connected on, soc sec id, address 2, address line 2, address 3, street 2, subject, priority, private, sensitivity,
    mileage, location, hobby, user 1, user 2, user 3, user 4, web page 2, email opt out, email confidence, has opted
    out of email, company id, account id, organization id, owner id, account number, currency, latitude, longitude,
    name pronunciation, company yomi name"""
