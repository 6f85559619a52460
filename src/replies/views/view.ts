import type { Shape, Theme } from '../../cards/card.ts';
import type { FoundCode, PersonCode } from '../custom-id.ts';

export const lengths = ['short', 'medium', 'long'] as const;
export type Length = (typeof lengths)[number];

/** What a message with buttons shows, so that the button alone is enough to show its neighbour. */
export type View =
  | {
      readonly kind: 'quote';
      readonly page: number;
      readonly context: boolean;
      readonly found: readonly FoundCode[];
      readonly words: string;
    }
  | { readonly kind: 'said'; readonly page: number; readonly found: readonly FoundCode[]; readonly words: string }
  | {
      readonly kind: 'person';
      readonly page: number;
      /** Whether they are shown as that one article has them, or as all of the library's do. */
      readonly within: 'article' | 'library';
      readonly people: readonly PersonCode[];
    }
  | { readonly kind: 'summary'; readonly page: number; readonly article: string; readonly length: Length }
  | { readonly kind: 'article'; readonly page: number; readonly article: string }
  /** Other quotes like this one. */
  | { readonly kind: 'like'; readonly page: number; readonly found: FoundCode }
  /** What two people say, on a subject where there are words. */
  | {
      readonly kind: 'compare';
      readonly page: number;
      readonly people: readonly [PersonCode, PersonCode];
      readonly words: string;
    }
  /** What somebody says through time; days as `2022-03-14`, both among them. */
  | {
      readonly kind: 'timeline';
      readonly page: number;
      readonly person: PersonCode;
      readonly after: string | undefined;
      readonly before: string | undefined;
      readonly words: string;
    }
  /** Who is quoted in an article, or in all of them. */
  | { readonly kind: 'speakers'; readonly page: number; readonly article: string | undefined }
  | {
      readonly kind: 'card';
      readonly page: number;
      readonly found: FoundCode;
      readonly theme: Theme;
      readonly shape: Shape;
    }
  /** All articles, or those like the words. */
  | { readonly kind: 'library'; readonly page: number; readonly words: string };
