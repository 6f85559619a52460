import { wordSet } from '../../news/lexicon/word-lists.ts';

/** Words that make a capitalised name an organisation. Lower case. */
export const ORGANISATION_WORDS = wordSet(
  'agency department ministry university college school institute institution commission committee council congress senate parliament party corporation corp company co inc ltd llc plc group bank fund union association organization organisation society foundation federation league club network news times post journal herald tribune press telegraph guardian gazette chronicle observer service services bureau office court police army navy force forces administration authority board centre center centers hospital church museum campaign coalition alliance movement airlines airways motors industries systems technologies laboratory laboratories lab observatory academy nations house pentagon kremlin magazine radio television tv media survey command treasury reserve archive archives project trust partners sons holdings international chamber assembly cabinet secretariat wanderers rovers athletic foods freight energy pharmaceuticals oil gas electric mills brands stores markets pictures studios records entertainment software insurance logistics shipping railways rail works motor steel',
);
/** Organisations known by a single name or an acronym. */
export const ORGANISATIONS = wordSet(
  'cnn nbc abc cbs bbc npr pbs msnbc fox reuters afp ap upi bloomberg politico buzzfeed breitbart huffpost xinhua tass nytimes oregonian smithsonian wikinews wikimedia twitter facebook google apple microsoft amazon boeing airbus toyota nissan honda nasa esa nato fbi cia nsa fda cdc epa irs who un eu imf opec unicef unesco fifa uefa nba nfl nra aclu dnc rnc gop isis isil hamas hezbollah taliban pentagon kremlin congress parliament senate interpol europol amnesty greenpeace',
);
/** Documents as sources: "the report said". */
export const DOCUMENT_HEADS = wordSet(
  'report statement study survey poll letter email e-mail memo document documents filing complaint lawsuit indictment article editorial book paper release tweet post message note sign banner placard caption transcript review analysis ruling order bill law reports emails affidavit dossier manifesto newspaper magazine website blog petition research findings data figures results resolution posting',
);
/** Nouns for bodies that issue statements. */
export const BODY_HEADS = wordSet(
  'agency department ministry university company firm government administration campaign committee commission court council board bank group organization organisation union party team office police army military network station newspaper magazine website foundation association authority authorities embassy hospital school club church league coalition charity federation regime opposition panel jury parliament congress senate bureau service institute centre center media press airline carrier retailer insurer lender manufacturer maker supplier museum theatre theater',
);
const ASSOCIATIONS =
  'association union league society foundation federation alliance coalition network council institute';
/** Words in the names of organisations that “the company” or “the agency” may mean. */
export const BODY_NOUNS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    agency: 'agency authority administration bureau service commission department office',
    company:
      'corporation corp company co inc ltd llc plc group holdings industries systems technologies foods freight energy pharmaceuticals oil gas electric motors motor mills brands stores pictures studios software logistics shipping airlines airways',
    firm: 'corporation corp company co inc ltd llc plc group partners holdings industries systems technologies',
    group: ASSOCIATIONS,
    organisation: ASSOCIATIONS,
    organization: ASSOCIATIONS,
    newspaper: 'times post journal herald tribune telegraph guardian gazette chronicle observer news',
    regulator: 'authority agency administration commission',
  }).map(([head, words]) => [head, wordSet(words)]),
);

/** Heads that may be for the same group, document or body, by what they have in common. Singular. */
export const SORTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    team: 'team group researcher scientist author investigator academic colleague',
    study: 'study report paper research survey finding review analysis result data article',
    company: 'company firm airline carrier retailer insurer lender manufacturer maker supplier bank',
    union: 'union association organisation organization federation charity foundation coalition lobby club',
    agency: 'agency department ministry regulator authority bureau service administration government',
    pair: 'pair couple duo both two',
  }).flatMap(([sort, heads]) => [...wordSet(heads)].map(head => [head, sort] as const)),
);
