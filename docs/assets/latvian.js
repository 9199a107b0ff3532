/* Open Plans: Latvian words in all their forms. The search program knows no Latvian, so a word of the query is looked
   for in other forms too. A long stem is looked for as the beginning of words; a short one, which would begin too many
   ("skol" begins school, pupil and teacher), only with the endings of Latvian, each as a whole word.
   Everything is compared without diacritics, as the search program does; that also hides most changes of consonants
   (l – ļ, n – ņ, s – š). What it does not hide is added: t – š, d – ž, and the j after b, m, p, v. */

const LONG = 6;
const NOMINAL = [
  ..."s a am u i iem us os is im um as ai e es ei em o ie ais aja ajam ajai ajas ajos ajiem".split(" "),
  ..."ak aks aka aki aku akas akam akiem akus akos ako akais akie akaja akajos akajam".split(" "),
];
const VERBAL = [
  ..."t ts ta tu ti to tas tos tam tiem tie tais taja tajam tajai tajas tajos tajiem ties".split(" "),
  ..."sim sana sanas sanu sanai sanam ja jam jas jot joties".split(" "),
];

const plain = (word) => word.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
const longest = (endings, word, least) =>
  endings.filter((ending) => word.endsWith(ending) && word.length - ending.length >= least)
    .sort((a, b) => b.length - a.length)[0] ?? "";

/* Returns what to look for besides the word as it is written: beginnings of words, and whole words in quotation marks. */
export const variants = (written) => {
  const word = plain(written);
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return [];
  const found = [];
  const add = (stem, endings) =>
    found.push(...(stem.length >= LONG ? [stem] : ["", ...endings].map((ending) => `"${stem}${ending}"`)));

  const own = written.normalize("NFC").toLowerCase();
  const hasNoDiacritics = own === word;
  // Who leads (vadītāja) is no form of what is led (vadītajā); without diacritics both look the same.
  const [, person] = own.match(/^(.+t[aā]j)(?:s|a|am|u|i|iem|us|os|as|ai|ā|ām|ās)$/) ?? [];
  if (person && (hasNoDiacritics || person.endsWith("tāj"))) {
    add(plain(person), NOMINAL);
    if (!hasNoDiacritics) return found;
  }

  const verbal = longest(VERBAL, word, 4);
  const verb = word.slice(0, word.length - verbal.length);
  const isVerb = verbal && /[aeio]$/.test(verb);
  if (isVerb) add(verb, [...VERBAL, "s"]);

  const nominal = longest(NOMINAL, word, 3);
  if (isVerb && !nominal) return found;
  const noun = word.slice(0, word.length - nominal.length);
  add(noun, NOMINAL);
  const last = own[noun.length - 1];
  const other = { t: "s", d: "z", š: "t", ž: "d", ...(hasNoDiacritics && { s: "t", z: "d" }) }[last];
  if (other) add(noun.slice(0, -1) + other, NOMINAL);
  if (/[bmpv]j$/.test(noun)) add(noun.slice(0, -1), NOMINAL);
  if (/[bmpv]$/.test(noun)) add(noun + "j", NOMINAL);
  return found;
};
