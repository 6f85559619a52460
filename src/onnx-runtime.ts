type Runtime = typeof import('onnxruntime-node');

/**
 * For networks that are run one at a time, on the thread that asks. `training/quantise.py` rounded their weights; those
 * that are used as floats are turned into floats when a graph is loaded (`disable_quant_qdq`), not each time it runs.
 */
export const ON_ONE_THREAD = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
  extra: { session: { disable_quant_qdq: '1' } },
} as const;

/**
 * Loads ONNX Runtime, which runs the learned networks. It takes time, and most processes never need it. Throws if it
 * isn't built for this machine.
 */
export async function loadRuntime(): Promise<Runtime> {
  // Otherwise, from version 1.29 on, it reports to Microsoft what it runs and where, and keeps an id in the home
  // folder. It reads this when it is loaded, but not from the copy of the environment that a thread has.
  process.env.ORT_DISABLE_TELEMETRY = '1';
  return await import('onnxruntime-node');
}
