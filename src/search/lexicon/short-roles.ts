/** Short forms of roles and bodies that people type and articles don't. */
export const shortRoles: ReadonlyMap<string, string> = new Map([
  ['pm', 'prime minister'],
  ['pms', "prime minister's"],
  ["pm's", "prime minister's"],
  ['dpm', 'deputy prime minister'],
  ['fm', 'foreign minister'],
  ['govt', 'government'],
  ['gov', 'governor'],
  ['pres', 'president'],
  ['sec', 'secretary'],
  ['sen', 'senator'],
  ['dept', 'department'],
  ['min', 'minister'],
  ['prof', 'professor'],
  ['org', 'organisation'],
]);
