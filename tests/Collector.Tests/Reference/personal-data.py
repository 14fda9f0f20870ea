# Writes personal-data.json: comments as visitors write them, half of them with personal data in them, half with what only looks like it.
# Run with Python 3, without anything else:  python3 personal-data.py
#
# Each record has a language, a text, what in it is personal (spans: kind, form, start and length in UTF-16 units), and what only looks like it (likenesses). All of it is made
# up here, and knows nothing of how the collector looks for such data: a number is made by the plan of its country and written by one of the ways that people there write
# it. Only where a kind has check digits are they worked out, since those that people have are right.
#
# The random choices come from Python's own generator, whose numbers stay the same from version to version.
import json
import random
from pathlib import Path

RNG = random.Random(20261124)
LANGUAGES = ('nl', 'en', 'de', 'fr')
PERSONAL, ORDINARY = 260, 260  # comments in each language


def pick(some):
    return some[RNG.randrange(len(some))]


def digits(count):
    return ''.join(str(RNG.randrange(10)) for _ in range(count))


def filled(pattern):
    # d is any digit, N one from 1 to 9, n one from 2 to 9, A a capital; all else stands for itself, and so does what follows a backslash.
    draw = {'d': lambda: str(RNG.randrange(10)), 'N': lambda: str(1 + RNG.randrange(9)), 'n': lambda: str(2 + RNG.randrange(8)), 'A': lambda: pick('ABCDEFGHJKLMNPRSTUVWXYZ')}
    written, literally = '', False
    for c in pattern:
        written += draw[c]() if c in draw and not literally else '' if c == '\\' else c
        literally = c == '\\'
    return written


# --- Phone numbers, by country: how they are written at home, how for callers from abroad, and in ways that no plan knows.

HOME, ABROAD = 'as at home', 'from abroad'
BARE, SHORT, GLUED, SINGLE, SPLIT = 'country code without plus', 'without the leading zero', 'glued to its label', 'digit by digit', 'split over lines'
PHONES = {
    'NL': [
        (HOME, '06-Nddddddd', '06 Nddddddd', '06Nddddddd', '06 Nd dd dd dd', '06-Nd dd dd dd', '06.Nd.dd.dd.dd', '06 Nddd dddd', '06-Nddd dddd', '06/Nddddddd', '(06) Nddddddd',
         '06 - Nd dd dd dd', '06–Nddddddd', '06 Ndd ddd dd', '06Ndd ddddd', '020-Ndddddd', '020 Ndd dd dd', '(020) Ndd dd dd', '0348-Nddddd', '0348 Nddddd', '(0348) Nd dd dd', '010 - Ndd dddd'),
        (ABROAD, '+316Nddddddd', '+31 6 Nddddddd', '+31 6 Nd dd dd dd', '+31 (0)6 Nddddddd', '+31(0)6-Nddddddd', '+31-6-Nddddddd', '0031 6 Nddddddd', '00316Nddddddd', '+31 20 Ndd dddd',
         '+31 (0)348-Nddddd', '(+31) 6 Nddddddd', '00 31 6 Nd dd dd dd', '+31.6.Nddddddd'),
        (BARE, '316Nddddddd', '31 6 Nddddddd', '31-6-Nddddddd'), (SHORT, '6 Nddddddd', '6-Nddddddd', '6Nddddddd'),
        (GLUED, 'tel06Nddddddd', 'M06Nddddddd'), (SINGLE, '0 6 N d d d d d d d'), (SPLIT, '06-\nNddddddd')],
    'BE': [
        (HOME, '047N dd dd dd', '047N/dd.dd.dd', '047N/dd dd dd', '047Ndddddd', '048N-dd-dd-dd', '02 Ndd dd dd', '02/Ndd.dd.dd', '03 Ndd dd dd', '(02) Ndd dd dd', '09/Ndd dd dd'),
        (ABROAD, '+32 47N dd dd dd', '+3247Ndddddd', '0032 48N dd dd dd', '+32 2 Ndd dd dd', '+32 (0)47N/dd.dd.dd', '+32(0)2 Ndd dd dd'), (BARE, '3247Ndddddd')],
    'DE': [
        (HOME, '0151 Nddddddd', '0176-Nddddddd', '0170/Ndddddd', '0160Ndddddd', '0157 Ndd dd ddd', '030 Nddddddd', '030/Ndddddd', '(030) Ndd dd dd', '089 / Ndd dd dd', '0221-Nddddd', '05Nd Ndddd', '0711 Ndd dd-d',
         '0341 Nd dd dd', '040 Ndddddd-dd'),
        (ABROAD, '+49 151 Nddddddd', '+49176Nddddddd', '+49 (0)170 Ndddddd', '+49 (0) 30 / Nddddd-dd', '0049 160 Ndddddd', '+49-89-Nddddd', '+49 (30) Ndddddd', '0049(0)221 Nddddd'),
        (BARE, '49 151 Nddddddd', '49176Nddddddd'), (SHORT, '151 Nddddddd', '176Nddddddd')],
    'AT': [
        (HOME, '0664 Ndddddd', '0664/Ndddddd', '0676-Ndddddd', '0699 Ndd ddd dd', '01 Ndddddd', '01/Ndd dd dd', '0316 Nddddd', '(01) Ndd dd dd'),
        (ABROAD, '+43 664 Ndddddd', '+43 1 Ndddddd', '+43 (0)676 Ndd dd dd', '0043 699 Ndddddd', '+43664Ndddddd')],
    'CH': [
        (HOME, '079 Ndd dd dd', '078Ndddddd', '076-Ndd-dd-dd', '044 Ndd dd dd', '079/Ndd.dd.dd', '(022) Ndd dd dd', '031 Ndd dddd'),
        (ABROAD, '+41 79 Ndd dd dd', '+4178Ndddddd', '+41 (0)44 Ndd dd dd', '0041 22 Ndd dd dd', '+41(0)79 Ndd dd dd')],
    'FR': [
        (HOME, '06 dd dd dd dd', '06dddddddd', '06.dd.dd.dd.dd', '07-dd-dd-dd-dd', '01 Nd dd dd dd', '02.Nd.dd.dd.dd', '06 dd dd dd dd', '04/Nd/dd/dd/dd', '07 ddd ddd dd', '05-Nd-dd-dd-dd'),
        (ABROAD, '+33 6 dd dd dd dd', '+336dddddddd', '+33 (0)6 dd dd dd dd', '0033 1 Nd dd dd dd', '+33(0)7.dd.dd.dd.dd', '+33.6.dd.dd.dd.dd'),
        (BARE, '33 6 dd dd dd dd', '336dddddddd'), (SHORT, '6 dd dd dd dd'), (GLUED, 'tel06dddddddd'), (SINGLE, '0 6 d d d d d d d d')],
    'GB': [
        (HOME, '079dd dddddd', '079dd ddd ddd', '079dddddddd', '079dd-dddddd', '020 7ddd dddd', '(020) 7ddd dddd', '0161 Ndd dddd', '01632 Nddddd', '(01632) Nddddd', '0113-Ndd-dddd', '07 9dd ddd ddd'),
        (ABROAD, '+44 79dd dddddd', '+4479dddddddd', '+44 (0)20 7ddd dddd', '0044 161 Ndd dddd', '+44(0)79dd dddddd', '+44-20-7ddd-dddd'),
        (BARE, '44 79dd dddddd', '4479dddddddd'), (SHORT, '79dd dddddd')],
    'IE': [
        (HOME, '087 Ndd dddd', '086-Ndddddd', '085Ndddddd', '(01) Ndd dddd', '021 Ndd dddd', '01 Ndddddd', '(087) Ndd-dddd'),
        (ABROAD, '+353 87 Ndd dddd', '+35386Ndddddd', '00353 1 Ndd dddd', '+353 (0)85 Ndd dddd')],
    'US': [
        ('as at home, United States', '(ndd) ndd-dddd', 'ndd-ndd-dddd', 'ndd.ndd.dddd', 'ndd ndd dddd', '(ndd)ndd-dddd', '1-ndd-ndd-dddd', '1 (ndd) ndd-dddd'),
        ('ten digits in a row, United States', 'nddndddddd'),
        (ABROAD, '+1 ndd-ndd-dddd', '+1 (ndd) ndd-dddd', '+1nddndddddd', '+1 ndd ndd dddd', '+1.ndd.ndd.dddd', '001 ndd ndd dddd')],
}
CALLERS = {'nl': ('NL', 'NL', 'NL', 'BE'), 'en': ('GB', 'GB', 'US', 'US', 'IE'), 'de': ('DE', 'DE', 'AT', 'CH'), 'fr': ('FR', 'FR', 'BE', 'CH')}


def phone(language):
    country = pick(CALLERS[language]) if RNG.random() < 0.85 else pick(list(PHONES))
    usual, unusual = [], []
    for form, *patterns in PHONES[country]:
        (usual if form in (HOME, ABROAD) or country == 'US' else unusual).append((form, patterns))
    # At home twice as often as from abroad, and one in twelve in a way of one's own.
    if unusual and RNG.random() < 1 / 12:
        form, patterns = pick(unusual)
    else:
        form, patterns = pick(usual[:1] * 2 + usual[1:])
    return 'phone', form, filled(pick(patterns))


# --- IBANs: the account as the country's banks write it, and the two digits that make the whole leave one when divided by 97.

ACCOUNTS = {'NL': 'AAAA' + 'd' * 10, 'BE': 'd' * 12, 'DE': 'd' * 18, 'AT': 'd' * 16, 'CH': 'd' * 17, 'FR': 'd' * 23, 'GB': 'AAAA' + 'd' * 14, 'IE': 'AAAA' + 'd' * 14, 'LU': 'd' * 16, 'ES': 'd' * 20}
BANKED = {'nl': ('NL', 'NL', 'NL', 'BE'), 'en': ('GB', 'IE', 'NL'), 'de': ('DE', 'DE', 'AT', 'CH'), 'fr': ('FR', 'FR', 'BE', 'CH', 'LU')}


def iban(language):
    country = pick(BANKED[language]) if RNG.random() < 0.85 else pick(list(ACCOUNTS))
    account = filled(ACCOUNTS[country])
    number = int(''.join(str(int(c, 36)) for c in account + country + '00'))
    whole = f'{country}{98 - number % 97:02}{account}'
    fours = [whole[i:i + 4] for i in range(0, len(whole), 4)]
    return 'iban', *pick([
        ('in fours', ' '.join(fours)), ('in fours', ' '.join(fours)), ('whole', whole), ('whole', whole), ('small letters', whole.lower()), ('small letters', ' '.join(fours).lower()),
        ('with dots or dashes', '.'.join(fours)), ('with dots or dashes', '-'.join(fours)), ('country apart', f'{country} {whole[2:4]} {whole[4:]}'), ('narrow spaces', '\u202f'.join(fours)),
        ('double spaces', '  '.join(fours)), ('country apart', f'{whole[:4]} {whole[4:]}')])


# --- Cards, by the first digits of their brands, with Luhn's digit at the end.

def luhn(body):
    doubled = sum(sum(divmod(int(d) * 2, 10)) if i % 2 == 0 else int(d) for i, d in enumerate(reversed(body)))
    return body + str(-doubled % 10)


def card(language):
    brand = RNG.randrange(10)
    if brand == 0:
        number = luhn(pick(('34', '37')) + digits(12))
        cut = (4, 6, 5)
    elif brand < 5:
        number, cut = luhn('4' + digits(14)), (4, 4, 4, 4)
    else:
        number, cut = luhn('5' + pick('12345') + digits(13)), (4, 4, 4, 4)
    groups, at = [], 0
    for size in cut:
        groups.append(number[at:at + size])
        at += size
    return 'card', *pick([('in groups', ' '.join(groups)), ('in groups', ' '.join(groups)), ('whole', number), ('with dashes', '-'.join(groups)), ('with dots', '.'.join(groups))])


# --- Citizen service numbers of the Netherlands: weights 9 to 2 and -1, and the sum is a multiple of 11.

def bsn(language):
    while True:
        number = digits(9)
        total = sum(int(d) * w for d, w in zip(number, (9, 8, 7, 6, 5, 4, 3, 2, -1)))
        if number[:2] != '00' and total % 11 == 0:
            break
    a, b, c = number[:3], number[3:6], number[6:]
    return 'bsn', *pick([
        ('whole', number), ('whole', number), ('whole', number), ('in groups', f'{a} {b} {c}'), ('in groups', f'{a}.{b}.{c}'), ('in groups', f'{a}-{b}-{c}'),
        ('in groups', f'{number[:4]}.{number[4:6]}.{c}'), ('in groups', f'{number[:4]} {number[4:6]} {c}'), ('in pairs', f'{number[:2]} {number[2:4]} {number[4:6]} {c}'), ('glued to its label', f'BSN{number}')])


# --- E-mail addresses. Domains are those that are set aside for examples.

FIRST = {'nl': ('jan', 'sanne', 'pieter', 'fatima', 'joost', 'anouk', 'noor'), 'en': ('john', 'mary', 'siobhan', 'oliver', 'grace', 'liam'), 'de': ('hans', 'jürgen', 'anke', 'lukas', 'käthe', 'mia'),
         'fr': ('jean', 'élodie', 'hélène', 'lucas', 'chloé', 'marc')}
LAST = {'nl': ('jansen', 'devries', 'van.dijk', 'bakker', 'yilmaz'), 'en': ('smith', "o'brien", 'taylor', 'murphy'), 'de': ('müller', 'schmidt', 'weber', 'groß'), 'fr': ('martin', 'dupont', 'lefèvre', 'le-goff')}
DOMAINS = ('example.com', 'example.org', 'example.net', 'mail.example.com', 'post.example.org', 'my-mail.example.net')
ENDS = {'nl': 'example.nl', 'en': 'example.co.uk', 'de': 'example.de', 'fr': 'example.fr'}
IDN = ('bücher.example', 'café.example', 'xn--bcher-kva.example', 'müller-söhne.example', 'ελλάδα.example')
DOTS = {'nl': 'punt', 'en': 'dot', 'de': 'punkt', 'fr': 'point'}


def email(language):
    first, last = pick(FIRST[language]), pick(LAST[language])
    plain = first.translate(str.maketrans('éèüäöß', 'eeuaos'))
    tail = last.translate(str.maketrans('éèüäöß', 'eeuaos'))
    domain = pick(DOMAINS + (ENDS[language],) * 4)
    name = pick([f'{plain}.{tail}', f'{plain}{tail}', f'{plain[0]}.{tail}', f'{plain}_{tail}', f'{plain}{1 + RNG.randrange(99)}', f'{tail}-{plain}', f'info.{tail}', plain, f'{plain}.{tail}{1950 + RNG.randrange(60)}'])
    shape = RNG.randrange(24)
    if shape < 12:
        return 'email', 'plain', f'{name}@{domain}'
    if shape < 15:
        return 'email', 'capitals', f'{name.title() if shape == 12 else name.upper()}@{domain.upper() if shape == 13 else domain.title()}'
    if shape < 18:
        return 'email', 'plus sign', f'{name}+{pick(("shop", "nieuws", "test2", "a.b"))}@{domain}'
    if shape < 20:
        return 'email', 'accents or international domain', pick([f'{first}@{domain}', f'{name}@{pick(IDN)}', f'{first}@{pick(IDN)}'])
    if shape == 20:
        return 'email', '(at) for @', f'{name}{pick(("(at)", " (at) ", "[at]", " [at] "))}{domain}'
    if shape == 21:
        return 'email', 'spaces around @', f'{name} @ {domain}'
    if shape == 22:
        return 'email', 'spelled out', pick([f'{name} at {domain}', f'{name} at {domain.replace(".", " " + DOTS[language] + " ")}', f'{name}(at){domain.replace(".", "(dot)")}'])
    return 'email', 'digits alone', f'06{digits(8)}@{domain}'


# --- What people write around it.

SAY = {
    'phone': {
        'nl': ('Bel mij op {x}.', 'Mijn nummer is {x}', 'Ik ben bereikbaar op {x}, liefst na 18:00.', 'tel. {x}', 'Tel: {x}!', 'kunt u mij terugbellen ({x})?', 'App me op {x} graag', 'Telefoon {x}; mobiel',
               'Ik heb 3 keer gebeld met {x} en niemand nam op', '{x} is mijn nummer', 'Bel {x} of mail', 'mob:{x}', 'Tussen 9 en 17 uur: {x}.'),
        'en': ('Call me on {x}.', 'My number is {x}', 'You can reach me at {x}, after 6 pm.', 'tel. {x}', 'Phone: {x}!', 'could you ring me back ({x})?', 'Text {x} please', 'Mobile {x}; thanks',
               'I called 3 times from {x} and nobody answered', '{x} is my number', 'Ring {x} or write', 'cell:{x}', 'Between 9 and 5: {x}.'),
        'de': ('Rufen Sie mich an: {x}.', 'Meine Nummer ist {x}', 'Ich bin unter {x} erreichbar, ab 18:00 Uhr.', 'Tel. {x}', 'Telefon: {x}!', 'können Sie zurückrufen ({x})?', 'WhatsApp an {x} bitte', 'Handy {x}; danke',
               'Ich habe 3 Mal von {x} angerufen', '{x} ist meine Nummer', 'Mobil:{x}', 'Zwischen 9 und 17 Uhr: {x}.'),
        'fr': ('Appelez-moi au {x}.', 'Mon numéro est le {x}', 'Je suis joignable au {x}, après 18h.', 'tél. {x}', 'Tél : {x} !', 'pouvez-vous me rappeler ({x}) ?', 'SMS au {x} svp', 'Portable {x} ; merci',
               "J'ai appelé 3 fois du {x} sans réponse", '{x} est mon numéro', 'mobile:{x}', 'Entre 9h et 17h : {x}.')},
    'email': {
        'nl': ('Mail mij op {x}.', 'mijn e-mail: {x}', 'Graag antwoord naar {x}, bedankt', 'Ik krijg geen mail op {x}!', '({x})', 'E-mail={x}; geen spam', 'Is {x} bij jullie bekend?', '<{x}>', 'mailto:{x}', 'Het adres "{x}" werkt niet'),
        'en': ('Email me at {x}.', 'my e-mail: {x}', 'Please reply to {x}, thanks', 'I get no mail on {x}!', '({x})', 'E-mail={x}; no spam', 'Is {x} known to you?', '<{x}>', 'mailto:{x}', 'The address "{x}" does not work'),
        'de': ('Schreiben Sie an {x}.', 'meine E-Mail: {x}', 'Antwort bitte an {x}, danke', 'Ich bekomme keine Mail an {x}!', '({x})', 'E-Mail={x}; kein Spam', 'Ist {x} bei Ihnen bekannt?', '<{x}>', 'mailto:{x}', 'Die Adresse „{x}“ geht nicht'),
        'fr': ('Écrivez-moi à {x}.', 'mon e-mail : {x}', 'Réponse à {x}, merci', 'Je ne reçois rien sur {x} !', '({x})', 'E-mail={x}; pas de spam', 'Connaissez-vous {x} ?', '<{x}>', 'mailto:{x}', "L'adresse « {x} » ne marche pas")},
    'iban': {
        'nl': ('Stort het terug op {x}.', 'IBAN {x}', 'mijn rekening is {x}, op naam van mij', 'IBAN:{x}', 'Rekeningnummer {x} t.n.v. mij', 'Het geld moet naar {x}!', '({x})'),
        'en': ('Refund it to {x}.', 'IBAN {x}', 'my account is {x}, in my name', 'IBAN:{x}', 'Account {x} as agreed', 'The money goes to {x}!', '({x})'),
        'de': ('Bitte auf {x} erstatten.', 'IBAN {x}', 'mein Konto ist {x}, auf meinen Namen', 'IBAN:{x}', 'Konto {x} wie besprochen', 'Das Geld soll auf {x}!', '({x})'),
        'fr': ('Remboursez sur {x}.', 'IBAN {x}', 'mon compte est {x}, à mon nom', 'IBAN:{x}', 'Compte {x} comme convenu', "L'argent va sur {x} !", '({x})')},
    'card': {
        'nl': ('Mijn kaart {x} werd geweigerd.', 'creditcard: {x}', 'Betaald met {x}, geldig tot 12/28', 'Kaartnummer {x}!'), 'en': ('My card {x} was declined.', 'credit card: {x}', 'Paid with {x}, expires 12/28', 'Card number {x}!'),
        'de': ('Meine Karte {x} wurde abgelehnt.', 'Kreditkarte: {x}', 'Bezahlt mit {x}, gültig bis 12/28', 'Kartennummer {x}!'), 'fr': ('Ma carte {x} a été refusée.', 'carte bancaire : {x}', 'Payé avec {x}, expire 12/28', 'Numéro de carte {x} !')},
    'bsn': {
        'nl': ('Mijn BSN is {x}.', 'bsn: {x}', 'burgerservicenummer {x}', 'BSN={x}, geboren in 1980', 'Ik vulde {x} in en kreeg een fout', 'sofinummer {x}!'),
        'en': ('My BSN is {x}.', 'bsn: {x}', 'citizen service number {x}', 'I filled in {x} and got an error'), 'de': ('Meine BSN ist {x}.', 'BSN: {x}', 'Bürgerservicenummer {x}', 'Ich habe {x} eingegeben'),
        'fr': ('Mon BSN est {x}.', 'BSN : {x}', 'numéro de service citoyen {x}', "J'ai saisi {x}")},
}
CHATTER = {
    'nl': ('', '', 'Ik kon de prijs niet vinden. ', 'De site is traag. ', 'Prima geholpen! ', 'Waarom duurt het zo lang? ', 'Het formulier bleef hangen, ', 'Ik zoek al 20 minuten. '),
    'en': ('', '', 'I could not find the price. ', 'The site is slow. ', 'Great help! ', 'Why does it take so long? ', 'The form got stuck, ', 'I have been looking for 20 minutes. '),
    'de': ('', '', 'Ich fand den Preis nicht. ', 'Die Seite ist langsam. ', 'Sehr gut! ', 'Warum dauert das so lange? ', 'Das Formular hing, ', 'Ich suche seit 20 Minuten. '),
    'fr': ('', '', "Je n'ai pas trouvé le prix. ", 'Le site est lent. ', 'Très bien ! ', 'Pourquoi est-ce si long ? ', 'Le formulaire a bloqué, ', 'Je cherche depuis 20 minutes. '),
}
# A new sentence that follows at once, without a space.
GLUE = {'nl': '.Graag reactie', 'en': '.Please reply', 'de': '.Bitte antworten', 'fr': '.Merci de répondre'}

# --- What only looks like it: a name, words around it in each language, and how it is written.


def ean(prefix):
    body = prefix + digits(12 - len(prefix))
    return body + str(-sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(body)) % 10)


def date():
    day, month, year = 1 + RNG.randrange(28), 1 + RNG.randrange(12), 2024 + RNG.randrange(3)
    separator = pick('-./')
    return pick([f'{day:02}{separator}{month:02}{separator}{year}', f'{day}{separator}{month}{separator}{year}', f'{year}-{month:02}-{day:02}', f'{day:02}{separator}{month:02}{separator}{year % 100}',
                 f'{day:02} {month:02} {year}'])


def time():
    hour, minute = 6 + RNG.randrange(16), 15 * RNG.randrange(4)
    return f'{hour:02}{pick(":.:")}{minute:02}'


def isbn():
    whole = ean('978')
    return pick([whole, f'{whole[:3]}-{whole[3:5]}-{whole[5:8]}-{whole[8:12]}-{whole[12]}', f'{whole[:3]} {whole[3]} {whole[4:8]} {whole[8:12]} {whole[12]}', f'{whole[:3]}-{whole[3:]}'])


def price(language):
    n = 1000 + RNG.randrange(9000)
    if language == 'en':
        return pick([f'£{n:,}.00', f'${n:,}.95', f'${n * 1000:,}.50', f'£ {n}', f'{n:,} pounds', f'EUR {n}.00'])
    if language == 'fr':
        return pick([f'{n // 1000} {n % 1000:03},00 €', f'{n},95€', f'{n // 1000} {n % 1000:03} 000 €', f'{n} euros', f'EUR {n},00'])
    return pick([f'€ {n // 1000}.{n % 1000:03},00', f'€{n},95', f'{n // 1000}.{n % 1000:03},95 euro', f'{n // 1000}.{n % 1000:03}.000 euro', f'EUR {n},-', f'{n} €'])


def siret():
    siren = luhn(digits(8))
    whole = luhn(siren + '000' + digits(1))
    return pick([whole, f'{whole[:3]} {whole[3:6]} {whole[6:9]} {whole[9:]}', f'{siren[:3]} {siren[3:6]} {siren[6:]}'])


LIKENESSES = {
    'order number': (lambda l: filled(pick(['Ndddd', 'Nddddd', 'Nddddddd', 'Ndddddddd', 'Nddddddddd', 'Nddddddddddd', '#Nddddddd', '2026-dddddd', 'AAddddddd', 'A-Ndddddd', 'Nddd-Nddd-Nddd', '20260ddddddd', 'Ndd-Ndddddd-Ndddddd'])),
                     {'nl': ('Bestelnummer {x} is niet geleverd', 'order {x}', 'bestelling {x}.'), 'en': ('Order number {x} never arrived', 'order {x}', 'my order {x}.'),
                      'de': ('Bestellnummer {x} kam nie an', 'Auftrag {x}', 'Bestellung {x}.'), 'fr': ("La commande {x} n'est pas arrivée", 'commande n° {x}', 'ma commande {x}.')}),
    'invoice number': (lambda l: filled(pick(['F2026-ddddd', 'F2026ddddddd', 'Nddddddd', '2026.ddddd', '2026/dddd', '70ddddddd', 'RE-ddddddd'])),
                       {'nl': ('factuur {x} klopt niet', 'factuurnummer: {x}'), 'en': ('invoice {x} is wrong', 'invoice no. {x}'), 'de': ('Rechnung {x} ist falsch', 'Rechnungsnr. {x}'), 'fr': ('la facture {x} est fausse', 'facture n° {x}')}),
    'serial number with a zero': (lambda l: filled(pick(['0ddddddddd', '00dddddd', '0dddddddd', '0ddd-dddd-dd'])),
                                  {'nl': ('serienummer {x}', 'contract {x}'), 'en': ('serial number {x}', 'contract {x}'), 'de': ('Seriennummer {x}', 'Vertrag {x}'), 'fr': ('numéro de série {x}', 'contrat {x}')}),
    'article number': (lambda l: pick([filled('Ndd.ddd.dd'), filled('AAA-ddddd'), filled('Nddddd'), ean('87'), ean('40'), filled('AAddddddd'), filled('ddddd-ddd')]),
                       {'nl': ('artikel {x} is uitverkocht', 'art.nr. {x}'), 'en': ('item {x} is sold out', 'art. no. {x}'), 'de': ('Artikel {x} ist ausverkauft', 'Art.-Nr. {x}'), 'fr': ("l'article {x} est épuisé", 'réf. {x}')}),
    'price': (price, {'nl': ('Het kost {x}.', 'van {x} naar minder'), 'en': ('It costs {x}.', 'down from {x}'), 'de': ('Es kostet {x}.', 'statt {x}'), 'fr': ('Cela coûte {x}.', 'au lieu de {x}')}),
    'date': (lambda l: date(), {'nl': ('Op {x} besteld', 'sinds {x}.'), 'en': ('Ordered on {x}', 'since {x}.'), 'de': ('Am {x} bestellt', 'seit {x}.'), 'fr': ('Commandé le {x}', 'depuis le {x}.')}),
    'date and time': (lambda l: pick([f'{date()} {time()}', f'{date()} {time()} - {time()}', f'{time()} {date()}', f'{date()} - {date()}', f'{date()}/{date()}', f'2026-11-{1 + RNG.randrange(28):02}T{time()[:2]}:15:00Z',
                                      f'20261122093{RNG.randrange(10)}00']),
                      {'nl': ('{x} ging het mis', 'afspraak: {x}'), 'en': ('{x} it went wrong', 'appointment: {x}'), 'de': ('{x} ging es schief', 'Termin: {x}'), 'fr': ('{x} : erreur', 'rendez-vous : {x}')}),
    'opening hours': (lambda l: pick([f'{time()}-{time()}', f'{time()} - {time()}', f'{time()}-{time()} {time()}-{time()}', f'{8 + RNG.randrange(3)}-{17 + RNG.randrange(4)}', '09.00-12.00/13.00-17.00', '24/7', '08 00 - 18 00']),
                      {'nl': ('open van {x}', 'ma-vr {x} uur'), 'en': ('open {x}', 'Mon-Fri {x}'), 'de': ('geöffnet {x}', 'Mo-Fr {x} Uhr'), 'fr': ('ouvert {x}', 'lun-ven {x}')}),
    'postcode': (lambda l: filled(pick({'nl': ['Nddd AA', 'NdddAA', 'B-Nddd'], 'en': ['AAN NAA', 'AN NAA', 'D0N AdAd', 'ddddd-dddd'], 'de': ['ddddd', 'D-ddddd', '\\A-Nddd', 'CH-Nddd'], 'fr': ['7500d', 'F-ddddd', '13dd0', 'B-Nddd']}[l])),
                 {'nl': ('postcode {x} wordt niet herkend', 'ik woon in {x}'), 'en': ('postcode {x} is not recognised', 'I live in {x}'), 'de': ('PLZ {x} wird nicht erkannt', 'ich wohne in {x}'), 'fr': ('code postal {x} non reconnu', "j'habite {x}")}),
    'VAT number': (lambda l: filled(pick({'nl': ['\\NLdddddddddB0N', 'BE 0ddd.ddd.ddd', 'BE0ddddddddd'], 'en': ['GB ddd dddd dd', 'GBddddddddd', 'IEdddddddA'], 'de': ['DEddddddddd', '\\ATUdddddddd', 'CHE-ddd.ddd.ddd', 'DE ddd ddd ddd'],
                                         'fr': ['FRdd ddddddddd', 'FR dd ddd ddd ddd', 'BE 0ddd.ddd.ddd']}[l])),
                   {'nl': ('btw-nummer {x} geweigerd', 'BTW {x}'), 'en': ('VAT number {x} refused', 'VAT {x}'), 'de': ('USt-IdNr. {x} abgelehnt', 'UID {x}'), 'fr': ('numéro de TVA {x} refusé', 'TVA {x}')}),
    'company number': (lambda l: siret() if l == 'fr' else filled(pick({'nl': ['dddddddd', 'KvK Nddddddd'], 'en': ['0ddddddd', 'SCdddddd'], 'de': ['HRB dddddd', 'F\\N dddddda']}[l])),
                       {'nl': ('kvk {x}', 'KvK-nummer {x} klopt niet'), 'en': ('company no. {x}', 'registered as {x}'), 'de': ('Register {x}', 'Handelsregister {x} fehlt'), 'fr': ('SIRET {x}', 'société {x} inconnue')}),
    'ISBN': (lambda l: isbn(), {'nl': ('het boek {x}', 'ISBN {x}'), 'en': ('the book {x}', 'ISBN {x}'), 'de': ('das Buch {x}', 'ISBN {x}'), 'fr': ('le livre {x}', 'ISBN {x}')}),
    'EAN': (lambda l: pick([ean('871'), ean('401'), ean('339'), ean('501')]), {'nl': ('barcode {x}', 'EAN {x}'), 'en': ('barcode {x}', 'EAN {x}'), 'de': ('Strichcode {x}', 'EAN {x}'), 'fr': ('code-barres {x}', 'EAN {x}')}),
    'tracking code': (lambda l: filled(pick(['3SAAAAddddddddd', 'JVGLddddddddddddddd', '1ZdddAAdddddddddd', 'AAdddddddddGB', '6Addddddddddd', '0dddddddddddddd', 'Nddddddddddd', '0034043ddddddddddddd', 'NdddddddddddNd', 'LXdddddddddFR'])),
                      {'nl': ('track & trace {x}', 'pakket {x} is kwijt'), 'en': ('tracking {x}', 'parcel {x} is lost'), 'de': ('Sendung {x}', 'Paket {x} ist weg'), 'fr': ('suivi {x}', 'le colis {x} est perdu')}),
    'version': (lambda l: filled(pick(['10.0.Ndd', '17.N.d', '10.0.19045.Nddd', '12d.0.6099.Ndd', 'v2.dd.d', '2026.11.d', '1.2.3.4'])),
                {'nl': ('Chrome {x} loopt vast', 'versie {x}'), 'en': ('Chrome {x} crashes', 'version {x}'), 'de': ('Chrome {x} stürzt ab', 'Version {x}'), 'fr': ('Chrome {x} plante', 'version {x}')}),
    'IP address': (lambda l: f'192.168.{RNG.randrange(256)}.{1 + RNG.randrange(254)}', {'nl': ('de router op {x}',), 'en': ('the router at {x}',), 'de': ('der Router auf {x}',), 'fr': ('le routeur {x}',)}),
    'house number': (lambda l: filled(pick(['Nd', 'Ndd', 'Nd-Nd', 'NdA', 'Nd/N', 'Nd bis'])), {'nl': ('huisnummer {x} bestaat niet',), 'en': ('house number {x} does not exist',), 'de': ('Hausnummer {x} gibt es nicht',), 'fr': ("le numéro {x} n'existe pas",)}),
    'percentage': (lambda l: pick([f'{RNG.randrange(100)}%', f'{RNG.randrange(100)},{RNG.randrange(10)} %', f'{RNG.randrange(100)}.{digits(2)}%', '100%']),
                   {'nl': ('{x} korting', 'slechts {x}'), 'en': ('{x} off', 'only {x}'), 'de': ('{x} Rabatt', 'nur {x}'), 'fr': ('{x} de remise', 'seulement {x}')}),
    'size': (lambda l: filled(pick(['Nd0 x Nd0 x Nd cm', 'Nd0x60x40', '4N 1/3', 'NdNd mm', 'Nd/Nd/Nd', '1920x1080', 'N,dd m'])), {'nl': ('maat {x}',), 'en': ('size {x}',), 'de': ('Größe {x}',), 'fr': ('taille {x}',)}),
    'years': (lambda l: pick(['2019-2026', '2019/2020', '1998', '2019 2020 2021 2022', '2025/26']), {'nl': ('in {x}',), 'en': ('in {x}',), 'de': ('in {x}',), 'fr': ('en {x}',)}),
    'coordinates': (lambda l: filled(pick(['52.Ndddddd, 4.Ndddddd', '48.Nddddd 2.Nddddd', '51°dd \\N 0°dd W', '0.Nddddd, 47.Nddddd'])), {'nl': ('locatie {x}',), 'en': ('location {x}',), 'de': ('Ort {x}',), 'fr': ('position {x}',)}),
    'mention': (lambda l: pick(['@shop_help', '@jan', '@team.support', 'a@b', '@2026', '@home']), {'nl': ('zie {x}', 'dank {x}!'), 'en': ('see {x}', 'thanks {x}!'), 'de': ('siehe {x}', 'danke {x}!'), 'fr': ('voir {x}', 'merci {x} !')}),
    'shop after @': (lambda l: pick(['@ example.com', '@ shop.example.org']), {'nl': ('gekocht {x}',), 'en': ('bought {x}',), 'de': ('gekauft {x}',), 'fr': ('acheté {x}',)}),
    'service number': (lambda l: {'nl': '0800-1234', 'en': '0800 1111', 'de': '116 117', 'fr': '3639'}[l], {'nl': ('Ik belde {x}',), 'en': ('I called {x}',), 'de': ('Ich rief {x} an',), 'fr': ("J'ai appelé le {x}",)}),
    'meter reading': (lambda l: filled(pick(['0ddddd', 'Ndddd,d', '00dddd', 'Nddddd kWh'])), {'nl': ('meterstand {x}',), 'en': ('meter reading {x}',), 'de': ('Zählerstand {x}',), 'fr': ('relevé {x}',)}),
    'score': (lambda l: pick(['8/10', '9.5', '7 van 10', '10 10 9 8 10', '5-5-4-3']), {'nl': ('een {x}',), 'en': ('a {x}',), 'de': ('eine {x}',), 'fr': ('un {x}',)}),
    'error code': (lambda l: filled(pick(['0x8007dddd', '500-dddd', 'E-ddddd', '0xdddddddd', 'ERR_dddddddddd'])), {'nl': ('foutcode {x}',), 'en': ('error {x}',), 'de': ('Fehler {x}',), 'fr': ('erreur {x}',)}),
}

MAKERS = {'phone': phone, 'email': email, 'iban': iban, 'card': card, 'bsn': bsn}
SHARES = {'nl': ('phone',) * 9 + ('email',) * 5 + ('iban',) * 3 + ('card',) * 2 + ('bsn',) * 4}
SHARES |= {language: ('phone',) * 10 + ('email',) * 5 + ('iban',) * 4 + ('card',) * 3 + ('bsn',) for language in ('en', 'de', 'fr')}


class Comment:
    def __init__(self, language):
        self.language, self.text, self.spans, self.likenesses = language, '', [], []

    def say(self, words):
        self.text += words

    def units(self):
        return len(self.text.encode('utf-16-le')) // 2

    def personal(self):
        kind, form, written = MAKERS[pick(SHARES[self.language])](self.language)
        before, after = pick(SAY[kind][self.language]).split('{x}')
        if form == 'glued to its label':
            # The label is no part of what is personal.
            label = written.rstrip('0123456789')
            before, written = before + label, written[len(label):]
        self.say(before)
        self.spans.append({'kind': kind, 'form': form, 'start': self.units(), 'length': len(written)})
        self.say(written + after)
        if kind == 'email' and form == 'plain' and before and not after and RNG.random() < 0.3:
            self.spans[-1]['form'] = 'next sentence without a space'
            self.say(GLUE[self.language])

    def likeness(self, name=None):
        name = name or pick(list(LIKENESSES))
        make, words = LIKENESSES[name]
        before, after = pick(words[self.language]).split('{x}')
        self.say(before)
        written = make(self.language)
        self.likenesses.append({'form': name, 'start': self.units(), 'length': len(written)})
        self.say(written + after)

    def record(self):
        return {'language': self.language, 'text': self.text, 'spans': self.spans, 'likenesses': self.likenesses}


comments = []
for language in LANGUAGES:
    for number in range(PERSONAL):
        comment = Comment(language)
        comment.say(pick(CHATTER[language]))
        if number % 4 == 0:
            comment.likeness()
            comment.say(pick((', ', '. ', ' - ', ' ')))
        comment.personal()
        if number % 6 == 0:
            comment.say(pick((' / ', ' & ', ', ', '; ')))
            comment.personal()
        comments.append(comment.record())
    names = list(LIKENESSES)
    for number in range(ORDINARY):
        comment = Comment(language)
        comment.say(pick(CHATTER[language]))
        comment.likeness(names[number % len(names)])
        for _ in range(RNG.randrange(3)):
            comment.say(pick((', ', '. ', ' - ', ' ')))
            comment.likeness()
        comments.append(comment.record())

lines = [json.dumps(comment, ensure_ascii=False, separators=(',', ':')) for comment in comments]
Path(__file__).with_name('personal-data.json').write_text('[\n' + ',\n'.join(lines) + '\n]\n', encoding='utf-8')
print(f'{len(comments)} comments, {sum(len(comment["spans"]) for comment in comments)} of them personal data')
