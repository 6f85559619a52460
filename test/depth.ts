/** Returns how many times to do something: `normal`, or `deep` in `npm run test:deep`. */
export function times(normal: number, deep = normal * 10): number {
  return process.env.DEPTH === 'deep' ? deep : normal;
}
