"""Ways in which people write personal data. All of it invented.

Each BSN passes the eleven-test and belongs to nobody that we know of.
"""

ADDRESSES = [
    # Over two lines or cells, with a label between, as in a form or a table.
    "Straat: Dorpsstraat 12\nPostcode: 7511 AB",
    "Straat en huisnummer: Dorpsstraat 12\nPostcode en plaats: 7511 AB Enschede",
    "Adres Dorpsstraat 12 Postcode 7511 AB",
    "Adres\n\nDorpsstraat 12\n\nPostcode\n\n7511 AB\n\n",
    "Adres | Dorpsstraat 12 | Postcode/plaats | 7511 AB Enschede",
    "Dorpsstraat 12\nPostcode/woonplaats: 7511 AB Enschede",
    "Dorpsstraat 12\n\n7511 AB\n\nEnschede",
    "Postcode\n7511 AB\nHuisnummer\n12",
    "Postcode\n\n7511 AB\n\nHuisnummer\n\n12\n\n",
    "Postcode: 7511 AB\nHuisnummer: 12",
    "Huisnummer\n12\nPostcode\n7511 AB",
    "Huisnummer: 12, postcode: 7511 AB",
    "Postcode: 7511 AB\nPlaats: Enschede\nStraat: Dorpsstraat\nHuisnummer: 12",
    # Postcode first.
    "7511 AB 12",
    "7511 AB Enschede, Dorpsstraat 12",
    "7511 AB Enschede Dorpsstraat 12a",
    "7511 AB, Dorpsstraat 12",
    "7511AB Dorpsstraat 12-3",
    "7511 AB Enschede\nDorpsstraat 12",
    "Woont op 7511 AB, van Galenstraat 12.",
    "7511 AB Enschede 12",
    # How a number is written.
    "Nijenheim 22-20, 3704 AB Zeist",
    "Nijenheim 22-20\n3704 AB",
    "Dorpsstraat 12 - 7511 AB Enschede",
    "Dorpsstraat 12 – 7511 AB Enschede",
    "Dorpsstraat 12 (7511 AB Enschede)",
    "Dorpsstraat 12/3, 7511 AB",
    "Dorpsstraat 12 bis, 7511 AB",
    "Dorpsstraat 12 III, 7511 AB",
    "Dorpsstraat 12a-3, 7511 AB",
    "Dorpsstraat 12, NL-7511 AB Enschede",
    "Dorpsstraat 12 NL 7511 AB",
    "NL-7511 AB 12",
    "Dorpsstraat 12, 7511  AB Enschede",
    "Dorpsstraat 12  7511\u00a0AB Enschede",
    "7511AB\n12",
    "7511AB \n\n12",
    "Postcode 7511AB\nNr. 12",
    "postcode 7511 AB huisnr 12",
    "Laan 1940-1945 12, 7511 AB Enschede",
    "1e Dwarsstraat 12, 7511 AB",
    "DORPSSTRAAT 12 7511 AB ENSCHEDE",
    "dorpsstraat 12, 7511ab enschede",
    "Dorpsstraat 12, Enschede (7511 AB)",
    "Dorpsstraat 12 te Enschede, 7511 AB",
    "Dorpsstraat 12 Enschede 7511 AB",
    "7511AB12",
    "7511AB/12",
    "7511AB-12a",
    "dorpsstraat 12, 7511 ab enschede",
    "Dorpsstraat 12 rood, 7511 AB",
    "Huisnummer\n12\nToevoeging\nA\nPostcode\n7511 AB",
    "Dorpsstraat 12\nEnschede\n7511 AB",
    # With other signs between.
    "Dorpsstraat 12, NL7511AB",
    "NL7511AB 12",
    "Dorpsstraat 12 / 7511 AB",
    "Dorpsstraat 12/7511AB",
    "Dorpsstraat 12 [7511 AB]",
    "[7511 AB] 12",
    "Dorpsstraat 12 (Verzonnendorp), 7511 AB",
    "Dorpsstraat 12 (te Verzonnendorp) 7511 AB",
    "7511 AB huisnummer is 12",
    "Postcode is 7511 AB, het huisnummer is 12.",
    "7511 AB huisnummer = 12",
    "7511 AB #12",
    "7511 AB nr. #12",
    "7511 AB, hnr 12",
    "Dorpsstraat #12, 7511 AB",
    "Dorpsstraat 12 (Dorp aan den Berg), 7511 AB",
    "Dorpsstraat 12, Dorp op Zee, 7511 AB",
    "Dorpsstraat 12 (wijk Noord), 7511 AB",
    "Dorpsstraat 12, gemeente Noord, 7511 AB",
    "Dorpsstraat 12 in Verzonnendorp, 7511 AB",
    "Dorpsstraat 12 - Verzonnendorp - 7511 AB",
    "Dorpsstraat 12 / Verzonnendorp / 7511 AB",
    "Dorpsstraat 12. 7511 AB",
    "huisnummer=12 postcode=7511AB",
    "Dorpsstraat 12 bus 3, 7511 AB",
    # With letters that are also a word.
    "Dorpsstraat 12, 7511 EN Enschede",
    "Postcode 7511 EN, huisnummer 12",
    "Dorpsstraat 12, 2024 OM Haarlem",
]
BIRTH_DATES = [
    "geb: 3.4.85",
    "geb. 12.03.84",
    "geb.12.03.84",
    "geboren 12 03 84",
    "geb. 120384",
    "geb 120384",
    "(geb. 3.4.15)",
    "geb. 12/03/15",
    "Geboortedatum: 12 03 2015",
    "geboortedatum kind: 12-03-2015",
    "geboren te Almelo, 12.03.15",
    "Geboren\n12-03-2015",
    "geb.dat. 12-03-2015",
    "Geb.datum 12.3.'15",
    "De inwoner is in maart 1984 geboren",
    "op 3.4.85 geboren",
    "Overleg 12-03-2026, geboren op 3.4.85",
    "DOB: 12/03/2015",
    "Geburtsdatum 12.03.2015",
    "Geboortedatum 12|03|2015",
    "Geboortedatum\n1 2 0 3 2 0 1 5",
    "Geboortedatum\n\n1\n\n2\n\n0\n\n3\n\n2\n\n0\n\n1\n\n5\n\n",
    "12/mrt/1984",
    "March 12, 1984",
    "12 maart 2015 is zij geboren",
    "Geboortedatum\n12-03-2015",
    "Geboortedatum:\n12-03-2015",
    "Geboortedatum\n\n12-03-2015\n\n",
    "Geboortedatum\n\n120315\n\n",
    "geb.\n3 mei 2015",
    "Hij is geboren\nop 12-03-2015 in Almelo",
    "Hij is geboren op\n12-03-2015 in Almelo",
    "Geboortedatum | 12-03-2015",
    "Geboren (datum): 12-03-2015",
    "Geboren op (datum)\n12-03-2015",
    "Geboorte-\ndatum 12-03-2015",
    # With the date in the next row of a table.
    "Naam\n\nGeboortedatum\n\nBSN\n\nKind A\n\n12-03-2015\n\n",
    "Naam | Geboortedatum | School\nKind A | 12-03-2015 | De Linde",
    "Naam Geboortedatum\nKind A 12-03-2015",
    "Kind\tGeboren\nA\t12.03.15",
    # Of which a part is not known.
    "00-00-1963",
    "XX-XX-1963",
    "xx-xx-1963",
    "00-03-1963",
    "XX/XX/1963",
    "00.00.1963",
    "Geboortedatum 00-00-2012",
    "1963-00-00",
    "geboren in maart 1984",
    "Geboren: maart 1984",
    "geb. mrt 1984",
    "geboren in maart 2015",
    "geb. 03-2015",
    "geb. maart '84",
    "geboren in mei '84",
    "geboren in mei ‘84",
    "geboren maart 84",
    "geboren maart 84 in Almelo",
    "Geboren: mrt. 84.",
    "in mei '84 geboren",
    # With another name, or with how to fill it in.
    "Geboortedatum (dd-mm-jjjj)\n03-04-2019",
    "Geboortedatum (dd/mm/jjjj): 03-04-2019",
    "Geboortedatum (ddmmjjjj)\n\n03042019\n\n",
    "Geboortedatum (dag-maand-jaar)\n03-04-2019",
    "gebdatum: 12-03-2019",
    "g.d. 03-04-2019",
    "GD: 03-04-2019",
    "geb. d.d. 120384",
    "geboren dd 03-04-2019",
    # In German, and in English.
    "geb. 12 Mrz 2019",
    "12 Mrz 1984",
    "geb. am 3. Jänner 2019",
    "born 3 April 2019",
    "Born on 3 April 2019",
    "born April 3, 2019",
    "birthday: 03-04-2019",
    "12. März 1984",
    "12 Maerz 1984",
    "12. Mai 1984",
    "geboren am 3. Dezember 1984",
    "geb. am 3. Oktober 2015",
    "3. Okt. 1984",
    "12 October 1984",
    "12 March 1984",
]
BSNS = [
    "BSN van de inwoner, zoals bij ons bekend: 12345672",
    "Burgerservicenummer (oud) van de cliënt is 12345672.",
    "BSN 1234 56 72",
    "B.S.N. 12345672",
    "BSN 1234/56/72",
    "BSN 1234_56_72",
    "BSN 12 34 56 72",
    "bsn: 12.34.56.72",
    "BSN-nummer 123 45 67 82",
    "BSN 12 345 67 82",
    "BSN 123/456/782",
    "BSN 123_456_782",
    "BSN 1234_56_782",
    "1234/56/782",
    "1234_56_782",
    "123/456/782",
    "123_456_782",
    "BSN123456782",
    "Het BSN van de inwoner, die thuis woont, is 12345672.",
    "sofinummer: 123 456 782",
    "Burger service nummer 123456782",
    "BSN\n123456782",
    "BSN\n\n1234 56 782\n\n",
    "RSIN onbekend, BSN 123456782",
    "RSIN 12345678, maar het BSN is 123456782",
]
PHONES = [
    "06-12345678", "06 12345678", "06/12345678", "06 - 12 34 56 78", "(06) 12345678",
    "+31 6 12345678", "+31(0)612345678", "0031612345678", "tel:0612345678", "Mob.0612345678",
    "tel 612345678", "Tel.nr.: 6 12345678", "mobiel: 6 12345678", "Mobiel 6-12 34 56 78",
    "bel hem op 612345678", "Telefoonnummer\n\n612345678\n\n", "bereikbaar op 612345678",
    "M: 612345678", "06-nummer 612345678", "tel 53 1234567", "whatsapp 612345678",
    "tel 31612345678", "mobiel: 31 6 12345678", "bel 31612345678", "tel. 49 541 123456",
    "06_12345678", "06_12_34_56_78", "053_1234567",
    "053-123 45 67", "0541-12 34 56", "+49 541 123456", "088-1234567", "085 123 45 67",
]  # fmt: skip
# One of each country in ISO 13616, as in its register; no country is left out.
_IBANS = (
    "AD1200012030200359100100 AE070331234567890123456 AL47212110090000000235698741 "
    "AT611904300234573201 AZ21NABZ00000000137010001944 BA391290079401028494 BE68539007547034 "
    "BG80BNBG96611020345678 BH67BMAG00001299123456 BI4210000100010000332045181 "
    "BR1800360305000010009795493C1 BY13NBRB3600900000002Z00AB00 CH9300762011623852957 "
    "CR05015202001026284066 CY17002001280000001200527600 CZ6508000000192000145399 "
    "DE89370400440532013000 DJ2100010000000154000100186 DK5000400440116243 "
    "DO28BAGR00000001212453611324 EE382200221020145685 EG380019000500000000263180002 "
    "ES9121000418450200051332 FI2112345600000785 FK88SC123456789012 FO6264600001631634 "
    "FR1420041010050500013M02606 GB29NWBK60161331926819 GE29NB0000000101904917 "
    "GI75NWBK000000007099453 GL8964710001000206 GR1601101250000000012300695 "
    "GT82TRAJ01020000001210029690 HN88CABF00000000000250005469 HR1210010051863000160 "
    "HU42117730161111101800000000 IE29AIBK93115212345678 IL620108000000099999999 "
    "IQ98NBIQ850123456789012 IS140159260076545510730339 IT60X0542811101000000123456 "
    "JO94CBJO0010000000000131000302 KW81CBKU0000000000001234560101 KZ86125KZT5004100100 "
    "LB62099900000001001901229114 LC55HEMM000100010012001200023015 LI21088100002324013AA "
    "LT121000011101001000 LU280019400644750000 LV80BANK0000435195001 "
    "LY83002048000020100120361 MC5811222000010123456789030 MD24AG000225100013104168 "
    "ME25505000012345678951 MK07250120000058984 MN121234123456789123 "
    "MR1300020001010000123456753 MT84MALT011000012345MTLCAST001S "
    "MU17BOMM0101101030300200000MUR NI45BAPR00000013000003558124 NL91ABNA0417164300 "
    "NO9386011117947 OM810180000001299123456 PK36SCBL0000001123456702 "
    "PL61109010140000071219812874 PS92PALS000000000400123456702 PT50000201231234567890154 "
    "QA58DOHB00001234567890ABCDEFG RO49AAAA1B31007593840000 RS35260005601001611379 "
    "RU0304452522540817810538091310419 SA0380000000608010167519 "
    "SC18SSCB11010000000000001497USD SD8811123456789012 SE4550000000058398257466 "
    "SI56263300012039086 SK3112000000198742637541 SM86U0322509800000000270100 "
    "SO211000001001000100141 ST23000100010051845310146 SV62CENR00000000000000700025 "
    "TL380080012345678910157 TN5910006035183598478831 TR330006100519786457841326 "
    "UA213223130000026007233566001 VA59001123000012345678 VG96VPVG0000012345678901 "
    "XK051212012345678906 YE15CBYE0001018861234567891234"
)
IBANS = _IBANS.split()
PERSONAL = [
    *((text, "address") for text in ADDRESSES),
    *((text, "birth_date") for text in BIRTH_DATES),
    *((text, "bsn") for text in BSNS),
    *((text, "phone") for text in PHONES),
    *((text, "iban") for text in IBANS),
]
