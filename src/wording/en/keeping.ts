/** Why a library cannot be read or written just now. Part of each is what to do, and who can do it. */
export const keeping = {
  'keeping.no-room':
    'There is no room left where the library is kept, so nothing was changed. Whoever runs the bot must make room; then try again.',
  'keeping.refused':
    'The place where the library is kept cannot be read or written, so nothing was changed. Whoever runs the bot must look at the disk; then try again.',
  'keeping.damaged':
    'The file of this library is damaged; it was left as it is. Whoever runs the bot can put a backup in its place, or the library can be erased and begun again.',
  'keeping.taken': 'Another program holds this library just now, so nothing was changed. Try again when it is done.',
  'keeping.newer': 'This library was written by a newer version of the bot: whoever runs it must update it.',

  'keeping.database-silent':
    'The database that keeps the library does not answer, so nothing was changed. Whoever runs the bot must look at it; then try again.',
  'keeping.database-refused':
    'The database that keeps the library does not let the bot in, so nothing was changed. Whoever runs the bot must look at its settings and rights; then try again.',
  'keeping.database-full':
    'There is no room left in the database that keeps the library, so nothing was changed. Whoever runs the bot must make room; then try again.',
  'keeping.database-crowded':
    'The database that keeps the library has no connection left, so nothing was changed. Whoever runs the bot must allow more of them, or look who takes them; then try again.',
  'keeping.database-slow':
    'The database that keeps the library took too long, so nothing was changed. Try again in a while.',
  'keeping.database-damaged':
    'The database that keeps the library is damaged; it was left as it is. Whoever runs the bot can put a backup in its place.',
  'keeping.database-unsure':
    'The database that keeps the library stopped answering while it stored this. Look whether it is there before you try again.',

  'keeping.stopping': 'The bot is stopping: try again when it is back.',
  'keeping.erased': 'The library was erased just now: ask again.',
  'keeping.erased-unchanged': 'The library was erased just now, so nothing was changed. Try again.',
  'keeping.closed': 'The library was closed just now, so nothing was changed. Try again.',
  'keeping.article-removed': 'The article was removed just now; add it again.',
  'keeping.full': 'The library has {most} articles and takes no more: remove another one first.',
} as const;
