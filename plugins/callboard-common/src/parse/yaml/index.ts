export {
  type ParseYamlOptions,
  parseYamlDocuments,
} from './parseYamlDocuments';
export { type YamlDocument } from './YamlDocument';
export {
  DEFAULT_YAML_LIMITS,
  PUSHED_YAML_LIMITS,
  type YamlLimits,
} from './YamlLimits';
