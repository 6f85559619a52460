/** Returns all texts of a message, from top to bottom. */
export function messageText(message: { readonly components?: unknown } | undefined): string {
  const texts: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('content' in value && typeof value.content === 'string') texts.push(value.content);
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(message?.components);
  return texts.join('\n');
}
