/** English endings that make another form of the same word, longest first: who remembers "drone" means "drones" too. */
export const endings: readonly string[] = ['ing', 'es', 'ed', 's', 'd'];
