import { makeNet as makeUsualNet, userAgentOf as usualUserAgentOf } from '../../src/reading/fetch.ts';

export const userAgentOf = usualUserAgentOf;

/** As in the bot, but it may also read the feeds that the benchmark serves on this machine. */
export const makeNet: typeof makeUsualNet = options => makeUsualNet({ ...options, allowLoopback: true });
