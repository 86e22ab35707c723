import {
  type ConcreteLunrQuery,
  type LunrQueryTranslator,
  LunrSearchEngine,
} from '@backstage/plugin-search-backend-node';

type QueryBuilder = Parameters<ConcreteLunrQuery['lunrQueryBuilder']>[0];

interface TermOptions {
  editDistance?: number;
  fields?: string[];
}

const SHOWN = ['title', 'text'];

/**
 * Lunr that matches only text that results show. Backstage's own query also
 * searches fields that no result shows, and treats words as equal that differ
 * in two letters: "edge" then finds things for no visible reason.
 */
export class VisibleLunrSearchEngine extends LunrSearchEngine {
  constructor(options: ConstructorParameters<typeof LunrSearchEngine>[0]) {
    super(options);
    const translate = this.translator as LunrQueryTranslator;
    this.setTranslator(query => {
      const { lunrQueryBuilder, ...rest } = translate(query);
      return {
        ...rest,
        lunrQueryBuilder: builder => {
          const shown = onlyShown(builder);
          lunrQueryBuilder.call(shown, shown);
        },
      };
    });
  }
}

/** Filters name their fields and are not changed. */
function onlyShown(builder: QueryBuilder): QueryBuilder {
  const shown: QueryBuilder = Object.create(builder);
  shown.term = (word, options: TermOptions = {}) => {
    if (options.editDistance) return shown;
    builder.term(word, { ...options, fields: options.fields ?? SHOWN });
    return shown;
  };
  return shown;
}
