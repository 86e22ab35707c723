export { Age, type AgeProps } from './Age';
export { ChangeList } from './ChangeList';
export { CopyLine } from './CopyLine';
export {
  EnvironmentStrip,
  type EnvironmentStripProps,
} from './EnvironmentStrip';
export { Facts } from './Facts';
export { FindingCard, type FindingCardProps } from './FindingCard';
export { FleetMap, type FleetMapProps } from './FleetMap';
export { HealthMark, type HealthMarkProps } from './HealthMark';
export { HealthShape } from './HealthShape';
export { InstantPicker } from './InstantPicker';
export { LostBand } from './LostBand';
export { LostScope, useLostSince } from './LostScope';
export { focusWhenDrawn } from './focusWhenDrawn';
export { Name, NameList } from './Name';
export { OnlyNow } from './OnlyNow';
export { Panel, type PanelProps } from './Panel';
export { HostName } from './HostName';
export { hostOf, ownAddressOf } from './ownAddressOf';
export { PastBand } from './PastBand';
export { ProblemCard, type ProblemCardProps } from './ProblemCard';
export { Prose } from './Prose';
export { SearchBox, type SearchBoxProps } from './SearchBox';
export { Sentence } from './Sentence';
export { ShowView, type ShowViewProps } from './ShowView';
export { Surface } from './Surface';
export { TimeLeft, type TimeLeftProps } from './TimeLeft';
export { Timeline, type TimelineProps } from './timeline';
export { type ViewTab, ViewTabs, type ViewTabsProps } from './ViewTabs';
export { WaveBar, type WaveBarProps } from './WaveBar';
export { WhyList, type WhyListProps } from './WhyList';
export { compareUrgency, shownStatus } from './shownStatus';
export {
  describeActor,
  describeAuthor,
  describeEntity,
  describeReleaser,
  isSource,
} from './describeActor';
export {
  type ClusterGroup,
  groupClusters,
  groupingLabels,
} from './groupClusters';
export { NOT_CONNECTED, WhileConnected } from './WhileConnected';
