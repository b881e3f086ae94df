/**
 * Words that name an identity number in the languages of those who issue them. What stands beside one is such a number,
 * whatever its shape: its issuer's rules are then of no interest.
 */
const NAMES =
  'ssn|nino|nin|tnin|nhs|mbi|itin|utr|ppsn?|bsn|burgerservicenummer|dni|nif|niss|insee|rijksregister[a-z]*|codice fiscale|partita iva|' +
  'steuer-?(?:id|identifikationsnummer|nummer)|id-?nr|kvnr|krankenversichertennummer|svnr|sozialversicherungsnummer|rentenversicherungsnummer|' +
  'personalausweis[a-z]*|f(?:\u00fc|ue)hrerschein[a-z]*|pesel|egn|cnp|oib|emso|jmbg|rodn\u00e9 \u010d\u00edslo|personnummer|personnr|pnr|hetu|henkil\u00f6tunnus|cpr|' +
  'f\u00f8dselsnummer|fnr|kennitala|isikukood|asmens kodas|personas kods|amka|tckn|kimlik|aadhaa?r|uidai|gstin|voter id|cnic|nric|mykad|nik|ktp|' +
  'hkid|rrn|my number|tfn|medicare(?: number)?|abn|acn|curp|rut|cpf|cnpj|cuit|cuil|c[\u00e9e]dula|snils|teudat zehut|emirates id|iqama|nir|' +
  "passports?|travel (?:document|passport)|reisepass[a-z]*|pasaporte|passeport|passaporto|driver'?s?[ -]licen[cs]e|driving licen[cs]e|" +
  'id card|identity card|alien number|health card|ehic|id code';
const KINDS =
  '(?:national|personal|citizen|tax(?:payer)?|social (?:security|insurance)|national insurance|identity|identification|insurance|health(?:care)?|resident|military|student|patient|medical|fiscal)';
const THINGS = '(?:(?:id|identity|identification)(?: (?:number|no|code|card))?|number|no|code)';
const NATIONALITIES =
  '(?:thai|turkish|israeli|south african|swedish|finnish|norwegian|danish|polish|german|french|spanish|italian|dutch|belgian|portuguese|' +
  'brazilian|mexican|indian|chinese|korean|japanese|singapore(?:an)?|malaysian|indonesian|vietnamese|filipino|nigerian|kenyan|egyptian|' +
  'russian|ukrainian|romanian|bulgarian|czech|slovak|hungarian|greek|swiss|austrian|irish|british|canadian|australian|emirati|saudi|' +
  'pakistani|bangladeshi|taiwanese|chilean|colombian|argentin(?:e|ian)|peruvian|estonian|latvian|lithuanian|icelandic)';
const LABEL = `(?:${NAMES}|${KINDS} ${THINGS}|${NATIONALITIES} (?:national )?${THINGS})`;

/** Behind the label: what it is called besides, a verb, and what stands between a name and its value. */
const LINK =
  '(?:[ _-]?(?:numbers?|nos?|nr|code|id|cards?))?\\.?["\']?(?:\\s{0,4}(?:is|are|was|:|=>?|#)){0,2}[\\s"\'(#]{0,4}';
const POSSESSIVE =
  '(?:my|his|her|their|the|a|mitt|min|mein|meine|mon|ma|mi|su|meu|minha|il mio|la mia|mijn|moj)';

let before: RegExp | undefined;
let after: RegExp | undefined;

/** As much text on either side of a number as is looked at for what names it. */
export const LABEL_REACH = 56;

/** Whether a text ends in a word that says that an identity number follows. */
export function endsInLabel(text: string): boolean {
  before ??= new RegExp(
    `(?:\\b|_)${LABEL}${LINK}$|\\b(?:SIN|TIN|INN|PAN|NID|NIE)(?:[ _-]?(?:No|Number))?[\\s:=#]{1,4}$`,
    'i',
  );
  return before.test(text);
}

/** Whether a text goes on to say that what stood before was an identity number: `… is my passport`. */
export function beginsWithLabel(text: string): boolean {
  after ??= new RegExp(
    `^["']?\\s{1,3}(?:is|\u00e4r|on|ist|est|es|\u00e8|\u00e9|er|to|jest) ${POSSESSIVE} (?:[a-z]{2,16} ){0,2}${LABEL}(?![a-z])`,
    'i',
  );
  return after.test(text);
}
