/** A piece of text: half-open, in UTF-16 units, `at >= start && at < end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Returns the text of a span. */
export function slice(text: string, span: Span): string {
  return text.slice(span.start, span.end);
}

/** Returns the total length of non-overlapping spans, in UTF-16 units. */
export function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { start, end }) => sum + end - start, 0);
}

export function isSameSpan(one: Span, other: Span): boolean {
  return one.start === other.start && one.end === other.end;
}

/** Whether `inner` lies wholly within `outer`. */
export function contains(outer: Span, inner: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}

/** Whether two spans share at least one unit. */
export function overlaps(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

/** Returns how many units two spans share. */
export function sharedLength(one: Span, other: Span): number {
  return Math.max(0, Math.min(one.end, other.end) - Math.max(one.start, other.start));
}

/** Returns the span from the first start to the last end of one or more spans. */
export function extent(spans: readonly (Span | undefined)[]): Span {
  const known = spans.filter(span => span !== undefined);
  return { start: Math.min(...known.map(({ start }) => start)), end: Math.max(...known.map(({ end }) => end)) };
}

/** Returns the parts of spans that are inside `outer`, without empty ones. */
export function clippedTo(spans: readonly Span[], outer: Span): Span[] {
  return spans
    .map(({ start, end }) => ({ start: Math.max(start, outer.start), end: Math.min(end, outer.end) }))
    .filter(({ start, end }) => start < end);
}

/** Returns the spans sorted, with those that touch or overlap merged. */
export function unite(spans: readonly Span[]): Span[] {
  const united: { start: number; end: number }[] = [];
  for (const { start, end } of spans.toSorted((one, other) => one.start - other.start)) {
    const last = united.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else united.push({ start, end });
  }
  return united;
}

/** Returns the spans that lie wholly within one of `others`. */
export function within(others: readonly (Span | undefined)[], spans: readonly Span[]): Span[] {
  return spans.filter(span => others.some(other => other !== undefined && contains(other, span)));
}
