import { forms } from '../replies/form.ts';
import { notice } from '../replies/notice.ts';
import type { Reply } from '../replies/reply.ts';
import { offer } from './add.ts';
import type { Desk } from './command.ts';
import { erase } from './library.ts';
import { barrier } from './permission.ts';

/** Answers a form that was filled in. Its id and its fields may be forged. */
export async function answerForm(
  customId: string,
  fields: Readonly<Record<string, string>>,
  desk: Desk,
): Promise<Reply> {
  if (customId === forms.erase) return await erase(fields.words ?? '', desk);
  const barred = barrier(desk);
  if (barred !== undefined) return barred;
  if (customId !== forms.paste) return notice(desk.say('stale.form'));
  const { title = '', link = '', text = '' } = fields;
  return await offer([{ kind: 'pasted', title, link, text }], [], await desk.open());
}
