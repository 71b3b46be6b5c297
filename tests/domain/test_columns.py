# ruff: noqa: E501  (header lines as the programs write them)
"""Headers of well-known exports and many languages find their fields."""

from __future__ import annotations

import pytest

from ringback.domain.columns import Sureness, choose_columns, guess_columns

EXPORTS = {
    "hubspot": (
        "Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Company name,Job Title,Contact owner,Lead Status,Time Zone",
        "external_id first_name last_name email phone phone_mobile company job_title owner status time_zone",
    ),
    "salesforce": (
        "Id,Salutation,FirstName,LastName,Title,Company,Street,City,State,PostalCode,Country,Phone,MobilePhone,Email,LeadSource,OwnerId,DoNotCall,LinkedIn_URL__c",
        "external_id name_prefix first_name last_name job_title company street city state postal_code country phone phone_mobile email source - do_not_call linkedin",
    ),
    "pipedrive": (
        "Person - ID,Person - Name,Person - Organization,Person - Email - Work,Person - Phone - Work,Person - Phone - Mobile,Person - Owner,Deal - Value",
        "external_id full_name company email phone_work phone_mobile owner value",
    ),
    "zoho": (
        "Record Id,Lead Owner,Company,First Name,Last Name,Email,Phone,Mobile,Lead Source,Lead Status,Street,City,State,Zip Code,Country,Description",
        "external_id owner company first_name last_name email phone phone_mobile source status street city state postal_code country notes",
    ),
    "apollo": (
        "First Name,Last Name,Title,Company,Email,Email Status,Work Direct Phone,Home Phone,Mobile Phone,Corporate Phone,# Employees,Person Linkedin Url,Website,City,State,Country",
        "first_name last_name job_title company email - phone_work phone_home phone_mobile phone_work - linkedin website city state country",
    ),
    "linkedin": (
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
        "first_name last_name website email company job_title -",
    ),
    "google": (
        "First Name,Middle Name,Last Name,Organization Name,Organization Title,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Website 1 - Value",
        "first_name middle_name last_name company job_title - notes tags - email - phone website",
    ),
    "google, before 2024": (
        "Name,Given Name,Additional Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value,Organization 1 - Name,Organization 1 - Title",
        "full_name first_name middle_name last_name tags - email - phone - phone company job_title",
    ),
    "outlook": (
        "Title,First Name,Middle Name,Last Name,Suffix,Company,Job Title,Business Street,Business City,Business Postal Code,Business Country/Region,Business Fax,Business Phone,Home Phone,Mobile Phone,E-mail Address,E-mail 2 Address,Categories,Notes",
        "name_prefix first_name middle_name last_name name_suffix company job_title street city postal_code country - phone_work phone_home phone_mobile email email tags notes",
    ),
    "german": (
        "Anrede;Vorname;Nachname;Firma;Funktion;Straße;PLZ;Ort;Land;Telefon geschäftlich;Handy;E-Mail-Adresse;Bemerkungen;Kundennummer",
        "name_prefix first_name last_name company job_title street postal_code city country phone_work phone_mobile email notes external_id",
    ),
    "german, name and first name": ("Name;Vorname;Telefonnummer", "last_name first_name phone"),
    "french": ("Civilité;Prénom;Nom;Société;Téléphone portable;Courriel;Ville;Pays", "name_prefix first_name last_name company phone_mobile email city country"),
    "spanish": ("Nombre,Apellidos,Empresa,Cargo,Teléfono,Correo electrónico,Ciudad", "first_name last_name company job_title phone email city"),
    "italian": ("Nome,Cognome,Azienda,Cellulare,Indirizzo email,CAP", "first_name last_name company phone_mobile email postal_code"),
    "dutch": ("Voornaam,Achternaam,Bedrijf,Telefoonnummer,E-mailadres,Plaats", "first_name last_name company phone email city"),
    "portuguese": ("Nome,Sobrenome,Empresa,Celular,E-mail,Cidade", "first_name last_name company phone_mobile email city"),
    "polish": ("Imię,Nazwisko,Firma,Telefon komórkowy,Adres e-mail,Miasto", "first_name last_name company phone_mobile email city"),
    "swedish": ("Förnamn,Efternamn,Företag,Mobilnummer,E-postadress,Postort", "first_name last_name company phone_mobile email city"),
    "russian": ("ФИО,Телефон,Эл. почта,Компания,Должность", "full_name phone email company job_title"),
    "japanese": ("氏名,会社名,電話番号,メールアドレス,役職", "full_name company phone email job_title"),
    "turkish": ("Adı,Soyadı,Şirket,Cep Telefonu,E-posta", "first_name last_name company phone_mobile email"),
    "untidy": ("FIRST_NAME,last.name,E-MAIL ADDRESS,Phone #,Company:", "first_name last_name email phone company"),
}  # fmt: skip


@pytest.mark.parametrize("program", EXPORTS)
def test_headers_of_known_exports(program):
    header, fields = EXPORTS[program]
    names = header.split(";" if ";" in header else ",")
    found = [str(column.field) if column.field else "-" for column in guess_columns(names, [])]
    assert found == fields.split()


def test_label_beside_a_number_belongs_to_it():
    columns = guess_columns(["Phone 1 - Type", "Phone 1 - Value"], [])
    assert [column.kind_column for column in columns] == [None, 0]


def test_two_columns_never_share_a_single_value():
    first, second = guess_columns(["Company", "Account Name"], [])
    assert (first.field, second.field) == ("company", None)
    assert "Company" in second.why


def test_surer_column_wins():
    columns = guess_columns(["my firma x", "Company"], [])
    assert [column.field for column in columns] == [None, "company"]


def test_columns_without_names_are_known_by_content():
    sample = [["Anna Berg", "+49 30 1234567", "anna@berg.example"], ["Ben Cole", "+1 415 555 2671", "ben@cole.example"]]
    columns = guess_columns(["Column 1", "Column 2", "Column 3"], sample)
    assert [column.field for column in columns] == ["full_name", "phone", "email"]
    assert {column.sureness for column in columns} == {Sureness.CONTENT}


def test_numbers_that_are_no_telephones():
    sample = [["20240131", "12345678", "2024-01-31", "4-203974"]] * 3
    columns = guess_columns(["Since", "soc_sec_id", "Joined", "Oracle_ID__c"], sample)
    assert [column.field for column in columns] == [None] * 4


def test_list_of_companies_names_companies():
    columns = guess_columns(["ID", "NAME", "BILLINGCITY", "PHONE"], [])
    assert [column.field for column in columns] == ["external_id", "company", "city", "phone"]


def test_choice_overrules_and_is_checked():
    columns = guess_columns(["Company", "Account Name"], [])
    chosen = choose_columns(columns, {"account name": "company"})
    assert [column.field for column in chosen] == [None, "company"]
    assert [column.field for column in choose_columns(columns, {"#1": None})] == [None, None]
    with pytest.raises(ValueError, match="no column"):
        choose_columns(columns, {"Nothing": "company"})
    with pytest.raises(ValueError, match="no field"):
        choose_columns(columns, {"Company": "colour"})
