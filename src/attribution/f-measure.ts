/** Returns the F-measure of two collections by their sizes and what they share, from 0 to 1; NaN if both are empty. */
export function fMeasure(shared: number, one: number, other: number): number {
  return (2 * shared) / (one + other);
}
