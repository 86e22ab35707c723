import { decideFiles } from '../place/decideFiles';
import {
  describeOutcome,
  formatAnswer,
  formatText,
} from '../place/formatAnswer';
import { readPrevious } from '../place/readPrevious';
import { readDocuments } from '../documents/readDocuments';
import { type ExitCode, type Io, UsageError } from '../Io';
import { readArguments } from '../readArguments';
import { readNumber } from '../readNumber';
import type { Verb } from './Verb';

/** Decides without a server where something runs: by our files, or by those of other placement engines. */
export const place: Verb = {
  name: 'place',
  summary: 'decide on which clusters something runs, and say why',
  usage: `Usage: callboard place -f POLICY --clusters CLUSTERS [options]

  -f, --file POLICY      our Environment (and App), an Open Cluster Management Placement, or a Karmada
                         PropagationPolicy or ClusterPropagationPolicy; a workload beside it says what is
                         placed. May repeat; - is standard input
  --clusters CLUSTERS    our Clusters (with Blueprints and ClusterSets), ManagedClusters (with
                         ManagedClusterSets, AddOnPlacementScores and PlacementDecisions of others), or
                         Karmada Clusters. May repeat
  --decisions PREVIOUS   {"decisions":[{"cluster":"a","replicas":2}]}: where it is now
  --replicas N           how many replicas; wins over the workload's own number
  --environment NAME     which environment of an app, where there are several
  --explain              one verdict for every cluster, also in text
  --now TIME             RFC 3339; the present when omitted
  -o, --output FORMAT    text or json

Exit code: 0 placed, 1 placed nowhere or refused, 2 usage`,
  run(args: string[], io: Io): ExitCode {
    const options = readArguments(args, {
      file: { type: 'string', short: 'f', multiple: true },
      clusters: { type: 'string', multiple: true },
      decisions: { type: 'string' },
      replicas: { type: 'string' },
      environment: { type: 'string' },
      explain: { type: 'boolean' },
      now: { type: 'string' },
    });
    const files = options.texts('file');
    if (files.length === 0)
      throw new UsageError('-f is missing: which policy?');
    const previousFile = options.text('decisions');
    const decision = decideFiles(
      {
        policies: readDocuments(files, io),
        clusters: readDocuments(options.texts('clusters'), io),
        previous:
          previousFile === undefined
            ? undefined
            : readPrevious(readDocuments([previousFile], io)),
        replicas: readNumber(options, 'replicas'),
        environment: options.text('environment'),
      },
      readTime(options.text('now'), io),
    );
    const isPlaced = decision.chosen.length > 0 || decision.satisfied;
    if (options.output === 'text') {
      io.out(formatText(decision, options.flag('explain')));
    } else {
      io.out(JSON.stringify(formatAnswer(decision), undefined, 2));
      if (!isPlaced) io.err(describeOutcome(decision));
    }
    if (decision.verdicts.length === 0)
      io.err(
        'There is no cluster of the kind that this policy is for; give them with --clusters',
      );
    return isPlaced ? 0 : 1;
  },
};

function readTime(text: string | undefined, io: Io): Date {
  if (text === undefined) return io.now();
  const time = new Date(text);
  if (Number.isNaN(time.getTime()))
    throw new UsageError(`--now "${text}" is not a time`);
  return time;
}
