import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validate } from 'dockerfile-utils';
import { parse as parseSettings } from 'dotenv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { EXIT_CODES } from '../src/start-failure.ts';

const root = join(import.meta.dirname, '..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const settings = new Set(Object.keys(parseSettings(read('.env.example'))));

function field(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    value,
  );
}

function namesIn(value: unknown): readonly string[] {
  return Object.keys(Object(value));
}

describe('Dockerfile', () => {
  const file = read('Dockerfile');

  test('passes the checks of a builder', () => {
    expect(validate(file).map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([]);
  });

  test('copies only files that exist and that .dockerignore lets through', () => {
    const copied = [...file.matchAll(/^COPY (?!--)(?<names>.+) \S+$/gmv)].flatMap(
      match => match.groups?.names?.split(' ') ?? [],
    );
    expect(copied.length).toBeGreaterThan(4);
    const letThrough = read('.dockerignore').split('\n');
    for (const name of copied) {
      expect(existsSync(join(root, name))).toBe(true);
      expect(letThrough).toContain(`!${name}`);
    }
  });

  test('contains what the README’s commands run', () => {
    const scripts = Object(field(JSON.parse(read('package.json')), 'scripts'));
    const [, running = ''] = file.split(/^FROM .*$/mv).slice(1);
    const copied = [...running.matchAll(/^COPY (?!--)(?<names>.+) \S+$/gmv)].flatMap(
      match => match.groups?.names?.split(' ') ?? [],
    );
    for (const command of ['start', 'doctor', 'import', 'export', 'migrate', 'backup', 'restore']) {
      const [runner, , check = '', program = ''] = String(scripts[command]).split(' ');
      expect(runner).toBe('node');
      expect(copied).toContain(check.replace('./', ''));
      expect(copied).toContain(program.split('/')[0]);
    }
  });

  test('runs as a user without privileges, and sets only settings that exist', () => {
    const [, running = ''] = file.split(/^FROM .*$/mv).slice(1);
    expect(running).toMatch(/^USER node$/mv);
    const set = [...running.matchAll(/\b(?<name>[A-Z_]+)=/gv)].map(match => match.groups?.name);
    for (const name of set) expect([...settings, 'NODE_ENV']).toContain(name);
  });
});

describe('compose.yaml', () => {
  const compose: unknown = parse(read('compose.yaml'), { strict: true });
  const bot = field(compose, 'services', 'verbatim');

  test('the bot can write only where it must, has no capabilities, and gets time to finish', () => {
    expect(bot).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      volumes: ['data:/data'],
      stop_grace_period: '30s',
    });
  });

  test('PostgreSQL can write only where it must, and has only the capabilities it starts with', () => {
    expect(field(compose, 'services', 'postgres')).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      tmpfs: ['/tmp', '/var/run/postgresql'],
    });
  });

  test('every setting of .env reaches the bot, except paths that are set here', () => {
    const set = Object.entries(Object(field(bot, 'environment')));
    const own = ['DATA_DIR', 'DATABASE_URL', 'PLAYGROUND_PORT'];
    const through = set.flatMap(([name, value]) => (String(value).startsWith(`\${${name}:`) ? [name] : []));
    expect(through.toSorted()).toEqual([...settings].filter(name => !own.includes(name)).toSorted());
  });

  test('both are restarted whatever ended them', () => {
    for (const service of ['verbatim', 'postgres'])
      expect(field(compose, 'services', service, 'restart')).toBe('unless-stopped');
  });

  test('no port is published', () => {
    for (const service of ['verbatim', 'postgres'])
      expect(field(compose, 'services', service, 'ports')).toBeUndefined();
  });

  test('every volume and service that is referenced is defined', () => {
    expect(namesIn(field(compose, 'volumes'))).toEqual(['data', 'postgres']);
    expect(namesIn(field(bot, 'depends_on'))).toEqual(['postgres']);
  });
});

describe('as-service', () => {
  const unit = read('deploy/verbatim.service');

  /** Returns the arguments that the script would pass to systemd-run. */
  function ordered(...args: readonly string[]): readonly string[] {
    const folder = mkdtempSync(join(tmpdir(), 'verbatim-as-service-'));
    writeFileSync(join(folder, 'systemd-run'), '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
    const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
    const { stdout, status } = spawnSync('sh', [join(root, 'deploy/as-service'), ...args], { env, encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(status === 0).toBe(args.length > 0);
    return stdout.trim().split('\n');
  }

  test('runs a command with the settings, folder and user of the unit', () => {
    const order = ordered('backup', '--to', '/var/lib/verbatim/backups/two words');
    const shared = order.flatMap(each => /^--property=(?<line>.+)$/v.exec(each)?.groups?.line ?? []);
    expect(shared).toContain('User=verbatim');
    for (const line of shared.filter(each => each !== 'User=verbatim')) expect(unit.split('\n')).toContain(line);
    const set = order.flatMap(each => /^--setenv=(?<pair>.+)$/v.exec(each)?.groups?.pair ?? []);
    expect(unit.split('\n')).toContain(`Environment=${set.join(' ')}`);
    const [program] = /^ExecStart=(?<program>\S+)/mv.exec(unit)?.slice(1) ?? [];
    expect(order.slice(-4)).toEqual([program, 'src/terminal/backup.ts', '--to', '/var/lib/verbatim/backups/two words']);
  });

  test('does nothing without a command', () => {
    expect(ordered()).toEqual(['']);
  });
});

describe('verbatim.service', () => {
  const unit = read('deploy/verbatim.service');

  test('has only sections, comments and directives, and repeats only directives that systemd accumulates', () => {
    const lines = unit.split('\n').filter(line => line !== '' && !line.startsWith('#'));
    for (const line of lines) expect(line).toMatch(/^(?:\[(?:Unit|Service|Install)\]|[A-Z][A-Za-z]+=.*)$/v);
    const names = lines.flatMap(line => (line.startsWith('[') ? [] : [line.split('=')[0]]));
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual(['SystemCallFilter']);
  });

  test('restarts forever with growing delays, but not if a setting is wrong', () => {
    expect(unit).toMatch(/^StartLimitIntervalSec=0$/mv);
    expect(unit).toMatch(/^Restart=on-failure$/mv);
    expect(unit).toMatch(/^RestartSteps=\d+$/mv);
    expect(unit).toMatch(/^RestartMaxDelaySec=1min$/mv);
    expect(unit).toMatch(new RegExp(`^RestartPreventExitStatus=${EXIT_CODES.misconfigured}$`, 'mv'));
  });

  test('starts a Node that exists without development dependencies', () => {
    const program = /^ExecStart=\/opt\/verbatim\/node_modules\/\.bin\/(?<name>\S+) /mv.exec(unit)?.groups?.name ?? '';
    expect(namesIn(field(JSON.parse(read('package.json')), 'dependencies'))).toContain(program);
  });

  test('does not stop the attribution processes before the pending answers are finished', () => {
    expect(unit).toMatch(/^KillMode=mixed$/mv);
    expect(unit).toMatch(/^TimeoutStopSec=30$/mv);
  });
});
