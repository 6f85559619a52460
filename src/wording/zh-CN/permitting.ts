import type { permitting as english } from '../en/permitting.ts';
import type { Translation } from '../message.ts';

export const permitting: Translation<typeof english> = {
  'permitting.manage-server': '只有拥有**管理服务器**权限的成员才能在这里这样做。请找其中一位代为处理。',
  'permitting.only-asker': '只有提问者，或拥有**管理消息**权限的成员，才能删除这条答案。',

  'too-often.adding-by-person': '您在十分钟内已让我读取 {most, number} 次，达到上限。请于 {when} 再试。',
  'too-often.adding-by-server': '这个服务器在十分钟内已让我读取 {most, number} 次，达到上限。请于 {when} 再试。',
  'too-often.drawing-by-person': '您在十分钟内已让我制图 {most, number} 次，达到上限。请于 {when} 再试。',
  'too-often.drawing-by-server': '这个服务器在十分钟内已让我制图 {most, number} 次，达到上限。请于 {when} 再试。',
  'too-often.exporting-by-person': '您在十分钟内已导出文库 {most, number} 次，达到上限。请于 {when} 再试。',
  'too-often.exporting-by-server': '这个服务器在十分钟内已导出文库 {most, number} 次，达到上限。请于 {when} 再试。',
  'too-often.erasing-by-person': '您在十分钟内已清空文库 {most, number} 次，达到上限。请于 {when} 再试。',
  'too-often.erasing-by-server': '这个服务器在十分钟内已清空文库 {most, number} 次，达到上限。请于 {when} 再试。',

  'stale.button': '这个按钮已失效。请重新提问。',
  'stale.deed': '这个按钮已失效：对象已不存在、已经处理过，或属于别人。请重新开始。',
  'stale.view': '这个按钮已失效：所属文章已改动或已离开文库。请重新提问。',
  'stale.form': '我已不认得这份表单。请重新开始。',

  'erasing.title': '永久清空整个文库',
  'erasing.type': '输入以下文字以清空文库',
  'erasing.type-all': '输入以下文字，清空全部 {count, number} 篇文章',
  'erasing.own-library': '我的文库',
  'erasing.no-name-yet': 'Discord 还没有告诉我这个服务器的名称。请过一分钟再试。',
  'erasing.other-words': '没有清空任何内容：输入的不是 {words}。',
  'erasing.other-name': '没有清空任何内容：输入的不是服务器名称。',
  'erasing.erased': '已全部清空。文库重新开始，里面没有您的任何内容；可用 {add} 添加文章。',
  'erasing.by-form': '请填写表单以清空文库。',
};
