import type { keeping as english } from '../en/keeping.ts';
import type { Translation } from '../message.ts';

export const keeping: Translation<typeof english> = {
  'keeping.no-room': '存放文库的地方已满，没有改动任何数据。请机器人的管理者腾出空间，再试一次。',
  'keeping.refused': '存放文库的地方无法读写，没有改动任何数据。请机器人的管理者检查磁盘，再试一次。',
  'keeping.damaged': '这个文库的文件已损坏，保持原样未动。机器人的管理者可以换上备份，也可以清空文库重新开始。',
  'keeping.taken': '另一个程序正在使用这个文库，没有改动任何数据。请等它结束后再试。',
  'keeping.newer': '这个文库由更新版本的机器人写入，请机器人的管理者更新程序。',

  'keeping.database-silent': '存放文库的数据库没有响应，没有改动任何数据。请机器人的管理者检查数据库，再试一次。',
  'keeping.database-refused':
    '存放文库的数据库拒绝机器人连接，没有改动任何数据。请机器人的管理者检查设置和权限，再试一次。',
  'keeping.database-full': '存放文库的数据库空间已满，没有改动任何数据。请机器人的管理者腾出空间，再试一次。',
  'keeping.database-crowded':
    '存放文库的数据库已没有可用的连接，没有改动任何数据。请机器人的管理者放宽连接数，或查看连接被谁占用，再试一次。',
  'keeping.database-slow': '存放文库的数据库太久没有响应，没有改动任何数据。请稍后再试。',
  'keeping.database-damaged': '存放文库的数据库已损坏，保持原样未动。机器人的管理者可以换上备份。',
  'keeping.database-unsure': '存放文库的数据库在保存途中停止响应。请先查看数据是否已存入，再决定要不要重试。',

  'keeping.stopping': '机器人正在停止，请等它恢复后再试。',
  'keeping.erased': '这个文库刚刚被清空，请重新查询。',
  'keeping.erased-unchanged': '这个文库刚刚被清空，没有改动任何数据。请再试一次。',
  'keeping.closed': '这个文库刚刚关闭，没有改动任何数据。请再试一次。',
  'keeping.article-removed': '这篇文章刚刚被移除，请重新添加。',
  'keeping.full': '文库已有 {most} 篇文章，无法再添加。请先移除一篇。',
};
