import {
  type LogLine,
  createLogSelector,
} from '@callboard/plugin-callboard-common';
import type { SecretMasker } from '../../reconcile/roles';
import { inTurns } from '../../reconcile/inTurns';
import { maskSecretsOf } from '../../reconcile/settings/maskSecrets';
import { LineMask } from './LineMask';
import type { LogQuestion } from './readLogs';
import { byInstant } from './toLogLines';

/** Masks, filters and sorts lines as they arrive. */
export class ShownLines {
  readonly #question: LogQuestion;
  readonly #context: SecretMasker;
  readonly #selectors = new Map<string, (line: LogLine) => boolean>();
  readonly #masks = new Map<string, LineMask>();

  constructor(question: LogQuestion, context: SecretMasker) {
    this.#question = question;
    this.#context = context;
  }

  /** Masks before filtering: a search must not reveal what is secret. */
  async of(lines: readonly LogLine[]): Promise<LogLine[]> {
    const mask = await maskSecretsOf(this.#question.app, this.#context);
    const shown: LogLine[] = [];
    for (const [source, ours] of groupBySource(lines)) {
      const texts = ours.map(({ text }) => text);
      const hidden = await inTurns(this.#maskOf(source).hide(texts, mask));
      const masked = ours.map((line, at) => ({ ...line, text: hidden[at] }));
      shown.push(...masked.filter(this.#selectorOf(source)));
    }
    return shown.sort(byInstant);
  }

  #maskOf(source: string): LineMask {
    const mask = this.#masks.get(source) ?? new LineMask();
    this.#masks.set(source, mask);
    return mask;
  }

  #selectorOf(source: string): (line: LogLine) => boolean {
    const { filter } = this.#question;
    const select = this.#selectors.get(source) ?? createLogSelector(filter);
    this.#selectors.set(source, select);
    return line => line.stream === 'callboard' || select(line);
  }
}

function groupBySource(lines: readonly LogLine[]): Map<string, LogLine[]> {
  const groups = new Map<string, LogLine[]>();
  for (const line of lines) {
    const source = [line.cluster, line.instance, line.container].join('/');
    const group = groups.get(source);
    if (group) group.push(line);
    else groups.set(source, [line]);
  }
  return groups;
}
