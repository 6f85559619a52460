import type { keeping as english } from '../en/keeping.ts';
import type { Translation } from '../message.ts';

export const keeping: Translation<typeof english> = {
  'keeping.no-room': '存放文庫的地方已滿，沒有更動任何資料。請機器人的管理者騰出空間，再試一次。',
  'keeping.refused': '存放文庫的地方無法讀寫，沒有更動任何資料。請機器人的管理者檢查磁碟，再試一次。',
  'keeping.damaged': '這個文庫的檔案已損壞，保持原狀未動。機器人的管理者可以換上備份，也可以清空文庫重新開始。',
  'keeping.taken': '另一個程式正在使用這個文庫，沒有更動任何資料。請等它結束後再試。',
  'keeping.newer': '這個文庫是較新版本的機器人所寫，請機器人的管理者更新程式。',

  'keeping.database-silent': '存放文庫的資料庫沒有回應，沒有更動任何資料。請機器人的管理者檢查資料庫，再試一次。',
  'keeping.database-refused':
    '存放文庫的資料庫拒絕機器人連線，沒有更動任何資料。請機器人的管理者檢查設定和權限，再試一次。',
  'keeping.database-full': '存放文庫的資料庫空間已滿，沒有更動任何資料。請機器人的管理者騰出空間，再試一次。',
  'keeping.database-crowded':
    '存放文庫的資料庫已沒有可用的連線，沒有更動任何資料。請機器人的管理者放寬連線數，或查看連線被誰佔用，再試一次。',
  'keeping.database-slow': '存放文庫的資料庫太久沒有回應，沒有更動任何資料。請稍後再試。',
  'keeping.database-damaged': '存放文庫的資料庫已損壞，保持原狀未動。機器人的管理者可以換上備份。',
  'keeping.database-unsure': '存放文庫的資料庫在儲存途中斷了回應。請先查看資料是否已存入，再決定要不要重試。',

  'keeping.stopping': '機器人正在停止，請等它恢復後再試。',
  'keeping.erased': '這個文庫剛剛被清空，請重新查詢。',
  'keeping.erased-unchanged': '這個文庫剛剛被清空，沒有更動任何資料。請再試一次。',
  'keeping.closed': '這個文庫剛剛關閉，沒有更動任何資料。請再試一次。',
  'keeping.article-removed': '這篇文章剛剛被移除，請再新增一次。',
  'keeping.full': '文庫已有 {most} 篇文章，無法再新增。請先移除一篇。',
};
