/** `1 library`, `2 libraries`. */
function counted(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

export function articles(number: number): string {
  return counted(number, 'article', 'articles');
}

export function libraries(number: number): string {
  return counted(number, 'library', 'libraries');
}
