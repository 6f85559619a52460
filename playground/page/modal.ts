import type { FileUploadComponent, LabelComponent, Modal, TextInputComponent } from './discord.ts';
import { element } from './dom.ts';
import { translate } from './language.ts';
import { readUpload } from './server.ts';
import type { SubmittedComponent, UploadedFile } from './state.ts';

interface Submission {
  readonly components: readonly SubmittedComponent[];
  readonly files: readonly UploadedFile[];
}

/** Submits the form. Returns an error to show, or undefined to close the dialog. */
type Submit = (submission: Submission) => Promise<string | undefined>;

interface Field {
  readonly root: Node;
  readonly read: (files: UploadedFile[]) => Promise<SubmittedComponent>;
}

/**
 * Shows one of the bot's modals. The dialog element traps the focus. If it is cancelled, the focus goes back to what had
 * it; `compose` moves it to the composer, after sending and if there is nothing to go back to.
 */
export function showModal(modal: Modal, submit: Submit, compose: () => void): void {
  const fields = modal.components.map(renderLabelled);
  const cancel = element('button', { type: 'button', class: 'button secondary' }, translate('cancelForm'));
  const send = element('button', { type: 'submit', class: 'button primary' }, translate('submit'));
  const problem = element('p', { class: 'problem', role: 'alert' });
  const title = element('h2', { id: 'modal-title' }, modal.title);
  const foot = element('footer', {}, cancel, send);
  const form = element('form', {}, title, ...fields.map(({ root }) => root), problem, foot);
  const dialog = element('dialog', { class: 'modal', 'aria-labelledby': 'modal-title' }, form);
  // In one task, or a key pressed before the event `close` would be lost.
  const leave = () => {
    if (!dialog.isConnected) return;
    dialog.close();
    dialog.remove();
    if (document.activeElement === document.body) compose();
  };
  cancel.addEventListener('click', leave);
  dialog.addEventListener('cancel', ({ target }) => {
    // A file input has an event `cancel` too, which bubbles.
    if (target === dialog) leave();
  });
  // The browser may close it without `cancel`.
  dialog.addEventListener('close', leave);
  form.addEventListener('submit', async event => {
    event.preventDefault();
    send.disabled = true;
    const failed = await submit(await read(fields));
    send.disabled = false;
    problem.textContent = failed ?? '';
    // Disabling the button has taken the focus from it.
    if (failed !== undefined) return send.focus();
    leave();
    compose();
  });
  document.body.append(dialog);
  dialog.showModal();
}

async function read(fields: readonly Field[]): Promise<Submission> {
  const files: UploadedFile[] = [];
  const components: SubmittedComponent[] = [];
  for (const field of fields) components.push(await field.read(files));
  return { components, files };
}

function renderLabelled(part: LabelComponent): Field {
  const control = part.component.type === 4 ? renderInput(part.component) : renderUpload(part.component);
  const name = renderName(part.label, part.component.required);
  const about = part.description ? [element('span', { class: 'detail' }, part.description)] : [];
  return {
    root: element('label', {}, name, ...about, control.root),
    read: async files => ({ type: 18, component: await control.read(files) }),
  };
}

/** Required fields have a star, as in Discord. Screen readers use the `required` attribute instead. */
function renderName(name: string, required = true): HTMLElement {
  const star = required ? [element('span', { class: 'star', 'aria-hidden': 'true' }, ' *')] : [];
  return element('span', { class: 'label' }, name, ...star);
}

function renderInput(input: TextInputComponent): Field {
  const attributes = {
    placeholder: input.placeholder,
    minlength: input.min_length,
    maxlength: input.max_length ?? 4000,
    required: input.required ?? true,
  };
  const field = input.style === 2 ? element('textarea', { ...attributes, rows: 5 }) : element('input', attributes);
  field.value = input.value ?? '';
  return {
    root: field,
    read: async () => await Promise.resolve({ type: 4, custom_id: input.custom_id, value: field.value }),
  };
}

function renderUpload(upload: FileUploadComponent): Field {
  const field = element('input', { type: 'file', required: upload.required ?? true });
  return {
    root: field,
    read: async files => {
      const file = field.files?.[0];
      if (file) files.push(await readUpload(upload.custom_id, file));
      return { type: 19, custom_id: upload.custom_id, values: file ? [upload.custom_id] : [] };
    },
  };
}
