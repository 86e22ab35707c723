import { answerRollout } from '@callboard/plugin-callboard-core';
import { readDocuments } from '../documents/readDocuments';
import { type ExitCode, type Io, UsageError } from '../Io';
import { readArguments } from '../readArguments';
import { describeRollout, formatRollout } from '../rollout/formatRollout';
import { readRolloutInput } from '../rollout/readRolloutInput';
import type { Verb } from './Verb';

/** Shows one step of a rollout: what would come next. */
export const rollout: Verb = {
  name: 'rollout',
  summary: 'show one step of a rollout: what is under way and what comes next',
  usage: `Usage: callboard rollout -f INPUT [options]

  -f, --file INPUT     {"strategy": an Open Cluster Management RolloutStrategy,
                        "groups": [{"name", "clusters": ["a"]}],
                        "statuses": [{"cluster", "status", "lastTransitionTime"}],
                        "now": RFC 3339}; - is standard input
  -o, --output FORMAT  text or json

Exit code: 0 answered, 1 the strategy is refused, 2 usage`,
  run(args: string[], io: Io): ExitCode {
    const options = readArguments(args, {
      file: { type: 'string', short: 'f' },
    });
    const file = options.text('file');
    if (file === undefined) throw new UsageError('-f is missing: which input?');
    const documents = readDocuments([file], io);
    if (documents.length !== 1)
      throw new UsageError('-f needs exactly one document');
    const {
      strategy,
      groups,
      statuses,
      now = io.now(),
    } = readRolloutInput(documents[0]);
    const step = answerRollout({ strategy, groups, statuses }, now);
    if (!step.ok) {
      const { what, why, next } = step.problem;
      io.err(`${what}: ${why}. ${next}`);
      return 1;
    }
    const answer = formatRollout(step.value, groups);
    io.out(
      options.output === 'json'
        ? JSON.stringify(answer, undefined, 2)
        : describeRollout(answer),
    );
    return 0;
  },
};
