/** A leaf's value; or the place of a feature, a threshold, and the trees for values up to it and above it. */
export type Tree = number | readonly [feature: number, threshold: number, upTo: Tree, above: Tree];

function leafOf(tree: Tree, features: readonly number[]): number {
  let at = tree;
  while (typeof at !== 'number') {
    const [feature, threshold, upTo, above] = at;
    at = (features[feature] ?? 0) <= threshold ? upTo : above;
  }
  return at;
}

/** Returns the probability that gradient-boosted trees give: the logistic function of the sum of their leaves. */
export function probability(trees: readonly Tree[], features: readonly number[]): number {
  const sum = trees.reduce<number>((total, tree) => total + leafOf(tree, features), 0);
  return 1 / (1 + Math.exp(-sum));
}
