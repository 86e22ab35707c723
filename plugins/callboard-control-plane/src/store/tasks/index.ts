export {
  type ReleaseTaskRecord,
  type TasksOf,
  findReleaseTasks,
  finishReleaseTask,
  moveReleaseTask,
  startReleaseTask,
} from './releaseTasks';
