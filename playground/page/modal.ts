import type { FileUploadComponent, LabelComponent, Modal, SelectComponent, TextInputComponent } from './discord.ts';
import { element } from './dom.ts';
import { translate } from './language.ts';
import { renderMarkdown } from './markdown/render.ts';
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
  readonly read: (files: UploadedFile[]) => Promise<SubmittedComponent | undefined>;
}

/**
 * Shows one of the bot's modals. The dialog element traps the focus. If it is cancelled, the focus goes back to what had
 * it; `compose` moves it to the composer, after sending and if there is nothing to go back to.
 */
export function showModal(modal: Modal, submit: Submit, compose: () => void): void {
  const fields = modal.components.map(renderPart);
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
  for (const field of fields) {
    const component = await field.read(files);
    if (component) components.push(component);
  }
  return { components, files };
}

function renderPart(part: Modal['components'][number]): Field {
  if (part.type === 18) return renderLabelled(part);
  if (part.type === 10) {
    return { root: renderMarkdown(part.content, () => undefined), read: async () => await Promise.resolve(undefined) };
  }
  const input = part.components.find(component => component.type === 4);
  const control = input ? renderInput(input) : undefined;
  const label = element('label', {}, renderName(input?.label ?? '', input?.required));
  if (control) label.append(control.root);
  return {
    root: label,
    read: async files => {
      const value = await control?.read(files);
      return { type: 1, components: value ? [value] : [] };
    },
  };
}

function renderLabelled(part: LabelComponent): Field {
  const control = renderControl(part.component);
  const name = renderName(part.label, part.component.required);
  const about = part.description ? [element('span', { class: 'detail' }, part.description)] : [];
  return {
    root: element('label', {}, name, ...about, control.root),
    read: async files => {
      const component = await control.read(files);
      return component && { type: 18, component };
    },
  };
}

/** Required fields have a star, as in Discord. Screen readers use the `required` attribute instead. */
function renderName(name: string, required = true): HTMLElement {
  const star = required ? [element('span', { class: 'star', 'aria-hidden': 'true' }, ' *')] : [];
  return element('span', { class: 'label' }, name, ...star);
}

function renderControl(component: LabelComponent['component']): Field {
  if (component.type === 4) return renderInput(component);
  if (component.type === 3) return renderChoice(component);
  return renderUpload(component);
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

function renderChoice(select: SelectComponent): Field {
  const multiple = (select.max_values ?? 1) > 1;
  const options = select.options.map(({ label, value, default: selected }) =>
    element('option', { value, selected }, label),
  );
  const field = element('select', { multiple, required: select.required ?? true }, ...options);
  return {
    root: field,
    read: async () => {
      const values = [...field.selectedOptions].map(option => option.value);
      return await Promise.resolve({ type: 3, custom_id: select.custom_id, values });
    },
  };
}

function renderUpload(upload: FileUploadComponent): Field {
  const multiple = (upload.max_values ?? 1) > 1;
  const field = element('input', { type: 'file', multiple, required: upload.required ?? true });
  return {
    root: field,
    read: async files => {
      const chosen = [...(field.files ?? [])];
      const read = await Promise.all(chosen.map((file, at) => readUpload(`${upload.custom_id}-${at}`, file)));
      files.push(...read);
      return { type: 19, custom_id: upload.custom_id, values: read.map(({ id }) => id) };
    },
  };
}
