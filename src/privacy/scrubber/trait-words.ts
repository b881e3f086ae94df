/**
 * What the first letters of a word say about the text it stands in. Rules that wait for a word are not run on texts in
 * which no word begins so.
 */
export const WordTrait = {
  /** `password`, `token`, `api key`, `bearer`, `otp`... */
  secret: 1 << 16,
  /** `user`, `role`, `sudo`, `ssh`... */
  person: 1 << 17,
  /** `phone`, `card`, `serial`, `imei`... */
  number: 1 << 18,
  /** `authorization`, `cookie`. */
  header: 1 << 19,
  /** `host`, `server`, and how systems name machines: `DESKTOP-...`, `...-MacBook`. */
  host: 1 << 1,
  /** `bearer`, `basic`, `value`: words of forms, and rare elsewhere. */
  form: 1 << 24,
  /** `password`, `pwd`, `pin`. */
  pass: 1 << 31,
  /** `passport`, `national id`, `pesel`... */
  id: 1 << 27,
} as const;

const BEGINNINGS: Readonly<Record<keyof typeof WordTrait, string>> = {
  secret: 'pas pwd sec tok api acc aut pri lic cre otp fa mfa pin one ver sig cru ocp',
  form: 'bea bas val',
  host: 'ip hos ser eno eai eco eti eho con res des lap win mac ima iph ipa',
  pass: 'pas pwd pin',
  person: 'use rol own acc log inv ses sud su uid gid fai ssh scp sft rsy mos net dir psc',
  number:
    'pho tel mob cel fax wha sms msi num cal cre deb pay ban car cc ccn pan vis mas ame mae cvv cvc sec ime mei icc ims udi idf gai and adv ser mac',
  id:
    'ssn nin tni nhs mbi iti utr pps bsn bur dni nif nis ins rij cod par ste id idn kvn kra svn soz ren per f fue pes egn cnp oib ' +
    'emo ems jmb rod pnr het hen cpr fnr ken isi asm ama tck kim aad uid gst vot cni nri myk nik ktp hki rrn my tfn med abn acn cur rut ' +
    'cpf cnp cui c ced sni teu emi iqa nir pas tra rei dri ali hea ehi sin tin inn pan nid nie nat cit tax soc ide res mil stu pat fis ' +
    'tha tur isr sou swe fin nor dan pol ger fre spa ita dut bel por bra mex ind chi kor jap mal vie fil nig egy rus ukr rom bul cze slo ' +
    'hun gre swi aus iri bri can sau pak ban tai col arg per est lat lit ice iss',
  header: 'aut coo',
};

/**
 * The traits that a word brings along: `TRAITS_OF_SET[SET_OF_BEGINNING[beginning]]`. A beginning is its first three letters in
 * either case, five bits for each, of which the first letter has the highest; 0 stands for the letters that a shorter word
 * lacks. Two tables, since one with a number for each beginning would push everything else out of the processor's cache.
 */
export const SET_OF_BEGINNING = new Uint8Array(1 << 15);
export const TRAITS_OF_SET = new Int32Array(256);

const setOfTraits = new Map<number, number>([[0, 0]]);
for (const name of Object.keys(BEGINNINGS) as (keyof typeof WordTrait)[]) {
  for (const beginning of BEGINNINGS[name].split(' ')) {
    let index = 0;
    for (let place = 0; place < 3; place += 1) index = (index << 5) | (beginning.charCodeAt(place) & 31);
    const traits = TRAITS_OF_SET[SET_OF_BEGINNING[index]!]! | WordTrait[name];
    const set = setOfTraits.get(traits) ?? setOfTraits.size;
    setOfTraits.set(traits, set);
    TRAITS_OF_SET[set] = traits;
    SET_OF_BEGINNING[index] = set;
  }
}
