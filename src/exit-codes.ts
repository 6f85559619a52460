/**
 * How the bot's process ends where it ends by itself. What starts it again must be able to tell what may be over by then from what
 * somebody has to change first: `deploy/verbatim.service` tries again after the first and not after the second.
 */
export const exitCodes = {
  /** Something failed that may pass: Discord or the database is away, a port is still taken; or nobody expected it. */
  failed: 1,
  /** A setting is wrong, or Discord refuses what is set. BSD's EX_CONFIG, which systemd shows as CONFIG. */
  misconfigured: 78,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
