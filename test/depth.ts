/** True in `npm run test:deep`. */
export const isDeep = process.env.DEPTH === 'deep';

/** Returns how many times to do something: `normal`, or `deep` in `npm run test:deep`. */
export function times(normal: number, deep = normal * 10): number {
  return isDeep ? deep : normal;
}
